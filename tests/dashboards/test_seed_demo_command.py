"""`manage.py seed_demo`: what it prints, keeps and refuses."""

from __future__ import annotations

import stat
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from people.models import Organisation, User

TODAY = date(2026, 11, 19)
pytestmark = pytest.mark.django_db


def test_the_command_prints_and_keeps_four_sign_ins(settings: Any, tmp_path: Path) -> None:
    settings.OKR_DATA_DIR = tmp_path
    settings.DEMO_PASSWORD = ""
    out = StringIO()
    call_command("seed_demo", "--today", TODAY.isoformat(), stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split("@")[0] for line in lines] == ["admin", "leader", "lead", "member"]
    assert len({line.split()[1] for line in lines}) == 4
    kept = tmp_path / "demo-passwords.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text().splitlines() == lines
    for line in lines:
        email, password = line.split()[:2]
        assert User.objects.get(email=email).check_password(password)
    with pytest.raises(CommandError, match="already"):
        call_command("seed_demo", stdout=out)


def test_if_empty_leaves_a_used_database_alone() -> None:
    Organisation.objects.create(name="Somebody else")
    out = StringIO()
    call_command("seed_demo", "--if-empty", stdout=out)
    assert out.getvalue() == ""
    assert Organisation.objects.count() == 1


def test_a_fixed_password_is_that_of_all_four(settings: Any, tmp_path: Path) -> None:
    settings.OKR_DATA_DIR, settings.DEMO_PASSWORD = tmp_path, "the same for all"
    out = StringIO()
    call_command("seed_demo", "--if-empty", "--today", TODAY.isoformat(), stdout=out)
    assert out.getvalue().count("the same for all") == 4
