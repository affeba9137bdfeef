"""Reading one table: what is tolerated, what is refused and how it is mended."""

from __future__ import annotations

import pytest

from integrations.rules.okr_folder.files import FolderRefused
from integrations.rules.okr_folder.table import parse_table

HEAD = "objective_id,title,owner\n"


def read(text: str | bytes):
    return parse_table("objectives.csv", text.encode() if isinstance(text, str) else text)


def test_byte_order_mark_crlf_quotes_and_newlines_are_read() -> None:
    table = read(b'\xef\xbb\xbfobjective_id,title\r\nO1,"One, ""two""\r\nthree"\r\nO2,\xf0\x9f\x9a\x80\r\n')
    assert [row["title"] for row in table.rows] == ['One, "two"\r\nthree', "🚀"]
    assert [row.line for row in table.rows] == [2, 4]


def test_semicolons_and_spaced_headers_are_read() -> None:
    table = read("Objective ID; Title\nO1;One\n")
    assert table.rows[0].cells == {"objective_id": "O1", "title": "One"}


def test_blank_lines_are_no_rows_and_short_rows_are() -> None:
    table = read(HEAD + "\n,,\nO1,One\n")
    assert [row.cells for row in table.rows] == [{"objective_id": "O1", "title": "One"}]


def test_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(FolderRefused) as refused:
        read("id,title\n")
    assert refused.value.message == "objectives.csv lacks the column objective_id."
    assert "id, title" in refused.value.mend


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("objective_id,title,title\n", "names title twice"),
        (HEAD + 'O1,"never closed\nO2,two,\n', "line 2 is never closed"),
    ],
)
def test_file_that_cannot_be_read_is_refused(text: str, words: str) -> None:
    with pytest.raises(FolderRefused, match=words):
        read(text)


def test_utf_16_is_refused_with_a_way_out() -> None:
    with pytest.raises(FolderRefused, match="Save it as UTF-8"):
        read("objective_id,title\n".encode("utf-16"))


def test_only_the_row_with_stray_bytes_is_refused() -> None:
    table = read(b"objective_id,title\nO1,caf\xe9\nO2,caf\xc3\xa9\n")
    assert [row["title"] for row in table.rows] == ["café"]
    (refusal,) = table.refusals
    assert (refusal.line, refusal.mend) == (2, "Save the file as UTF-8.")


def test_only_the_row_with_too_many_cells_is_refused() -> None:
    table = read(HEAD + "O1,Red, green,me\nO2,Two,me\n")
    assert [row["objective_id"] for row in table.rows] == ["O2"]
    (refusal,) = table.refusals
    assert (refusal.file, refusal.line) == ("objectives.csv", 2)
    assert "4 cells where the header names 3" in refusal.reason
    assert "quotes" in refusal.mend


def test_only_the_row_with_broken_quotes_is_refused() -> None:
    table = read(HEAD + 'O1,"One" and more,\nO2,Two,\n')
    assert [row["objective_id"] for row in table.rows] == ["O2"]
    assert [refusal.line for refusal in table.refusals] == [2]


def test_nul_bytes_refuse_their_row() -> None:
    table = read(b"objective_id,title\nO1,a\x00b\nO2,Two\n")
    assert [row["objective_id"] for row in table.rows] == ["O2"]
    assert len(table.refusals) == 1
