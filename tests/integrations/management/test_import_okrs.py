"""The command: what it prints and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from objectives.models import Objective
from people.models import Organisation
from tests.integrations.folders import CYCLES, folder_of, write_folder

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_okrs", *arguments, stdout=out)
    return out.getvalue()


def test_folder_comes_in_and_the_report_is_printed(tmp_path: Path) -> None:
    path = write_folder(tmp_path / "pine", folder_of())
    printed = run(str(path), "--organisation", "Pine")
    assert "objectives.csv       3 read, 3 made as they are" in printed
    assert "3 rows left a question" in printed
    assert Objective.objects.count() == 3


def test_dry_run_lists_every_row_and_writes_nothing(tmp_path: Path) -> None:
    path = write_folder(tmp_path / "pine", folder_of())
    printed = run(str(path), "--organisation", "Pine", "--dry-run")
    assert (
        sum(line.startswith(tuple(folder_of().contents)) and ": " in line for line in printed.splitlines())
        == 16
    )
    assert (
        "key_results.csv:2 made “Gaps from 12 to 4”: key result, decrease, 12 to 4 gaps, owner maren"
        in printed
    )
    assert not Organisation.objects.exists()


def test_refused_rows_are_named_with_a_way_to_mend_them(tmp_path: Path) -> None:
    path = write_folder(tmp_path / "pine", folder_of(cycles=CYCLES + "Pine,2025-Q4,,,\n"))
    printed = run(str(path), "--organisation", "Pine")
    assert (
        "cycles.csv:4 refused: The cycle “2025-Q4” stands here twice. Keep one row for each cycle." in printed
    )


@pytest.mark.parametrize("text", ["", "id,title\n1,x\n"])
def test_refused_folder_ends_with_one(tmp_path: Path, text: str) -> None:
    path = write_folder(tmp_path / "pine", folder_of(objectives=text))
    with pytest.raises(CommandError) as error:
        run(str(path), "--organisation", "Pine")
    assert error.value.returncode == 1
    assert not Organisation.objects.exists()


def test_organisation_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="needs a name"):
        run(str(tmp_path), "--organisation", " ")
