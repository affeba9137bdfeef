"""Getting tables out of folders and archives, safely."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from integrations.rules.okr_folder import files
from integrations.rules.okr_folder.files import FolderRefused, read_archive, read_folder
from tests.integrations.folders import OBJECTIVES, archive_of


def test_folder_reads_known_tables_and_names_the_others(tmp_path: Path) -> None:
    (tmp_path / "objectives.csv").write_text(OBJECTIVES)
    (tmp_path / "flat_sheet.csv").write_text("x")
    (tmp_path / "raw").mkdir()
    read = read_folder(tmp_path)
    assert set(read.contents) == {"objectives.csv"}
    assert read.ignored == ("flat_sheet.csv",)


def test_folder_without_objectives_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "key_results.csv").write_text("kr_id\n")
    with pytest.raises(FolderRefused, match=r"holds no objectives\.csv"):
        read_folder(tmp_path)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="There is no folder"):
        read_folder(tmp_path / "nowhere")


def test_archive_is_found_below_a_folder_and_litter_is_left_out() -> None:
    archive = archive_of(
        {"mine/objectives.csv": OBJECTIVES, "mine/notes.txt": "x", "__MACOSX/mine/._objectives.csv": "x"}
    )
    read = read_archive(archive, name="mine.zip")
    assert set(read.contents) == {"objectives.csv"}
    assert read.ignored == ("mine/notes.txt",)


@pytest.mark.parametrize(
    "name", ["../objectives.csv", "/etc/objectives.csv", "a/../../objectives.csv", "c:objectives.csv"]
)
def test_archive_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(FolderRefused, match="leads out"):
        read_archive(archive_of({name: OBJECTIVES}), name="bad.zip")


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10_000)
    with pytest.raises(FolderRefused, match="is bigger than"):
        read_archive(archive_of({"objectives.csv": b"0" * 1_000_000}), name="bomb.zip")


def test_size_in_the_header_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10_000)
    archive = bytearray(archive_of({"objectives.csv": b"0" * 100_000}))
    at = archive.find(b"PK\x01\x02") + 24
    archive[at : at + 4] = (50).to_bytes(4, "little")
    with pytest.raises(FolderRefused):
        read_archive(bytes(archive), name="liar.zip")


def test_archive_with_several_folders_is_refused() -> None:
    archive = archive_of({"a/objectives.csv": OBJECTIVES, "b/objectives.csv": OBJECTIVES})
    with pytest.raises(FolderRefused, match="several folders: a, b"):
        read_archive(archive, name="all.zip")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(FolderRefused, match="not a zip archive"):
        read_archive(content, name="x.zip")


def test_damaged_archive_is_refused() -> None:
    archive = bytearray(archive_of({"objectives.csv": OBJECTIVES * 40}))
    archive[60:90] = b"\x00" * 30
    with pytest.raises(FolderRefused):
        read_archive(bytes(archive), name="x.zip")


def test_encrypted_entry_is_refused() -> None:
    archive = bytearray(archive_of({"objectives.csv": OBJECTIVES}))
    archive[archive.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FolderRefused, match="encrypted"):
        read_archive(bytes(archive), name="x.zip")


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ENTRIES", 2)
    with pytest.raises(FolderRefused, match="holds 3 files"):
        read_archive(archive_of({"objectives.csv": OBJECTIVES, "a": "", "b": ""}), name="x.zip")


def test_zip_given_as_a_folder_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_bytes(archive_of({"objectives.csv": OBJECTIVES}))
    assert read_folder(path).name == "mine.zip"


def test_digest_tells_inputs_apart() -> None:
    one = read_archive(archive_of({"objectives.csv": OBJECTIVES}), name="a")
    other = read_archive(archive_of({"objectives.csv": OBJECTIVES + "\n"}), name="a")
    assert one.digest != other.digest


def test_directory_entries_do_no_harm() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.mkdir("mine")
        opened.writestr("mine/objectives.csv", OBJECTIVES)
    assert "objectives.csv" in read_archive(buffer.getvalue(), name="x").contents
