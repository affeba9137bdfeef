"""Getting the tables out of a folder or an archive, safely and without writing anything to disk."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FILES_READ = (
    "cycles.csv",
    "priorities.csv",
    "objectives.csv",
    "key_results.csv",
    "updates.csv",
    "initiatives.csv",
    "retrospectives.csv",
)
DERIVED_FILES = ("flat_sheet.csv",)
"""Says again what the other files say; named in the report, never read."""

MAX_ARCHIVE_BYTES = 20 * 2**20
MAX_FILE_BYTES = 20 * 2**20
MAX_ALL_BYTES = 60 * 2**20
MAX_ENTRIES = 2_000


class FolderRefused(Exception):
    """Nothing of it can be read. `message` says why, `mend` what would help."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message} {mend}")
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The bytes of the tables, by file name, and the names of what was left alone."""

    name: str
    contents: dict[str, bytes]
    ignored: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over names and bytes: the same digest means the same input."""
        whole = hashlib.sha256()
        for name in sorted(self.contents):
            whole.update(f"{name}:{len(self.contents[name])}:".encode())
            whole.update(self.contents[name])
        return whole.hexdigest()


def read_folder(path: Path) -> FolderFiles:
    """The tables that lie directly in the folder. A `.zip` file is read as an archive.

    Raises FolderRefused when it is no folder, holds no objectives.csv, or a file is too big.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise _too_big(path.name, MAX_ARCHIVE_BYTES)
        return read_archive(path.read_bytes(), name=path.name)
    if not path.is_dir():
        raise FolderRefused(f"There is no folder {path}.", "Name the folder that holds objectives.csv.")
    contents: dict[str, bytes] = {}
    ignored: list[str] = []
    for entry in sorted(path.iterdir()):
        if not entry.is_file():
            continue
        if entry.name not in FILES_READ:
            ignored.append(entry.name)
            continue
        if entry.stat().st_size > MAX_FILE_BYTES:
            raise _too_big(entry.name, MAX_FILE_BYTES)
        contents[entry.name] = entry.read_bytes()
    return _checked(FolderFiles(path.name, contents, tuple(ignored)))


def read_archive(archive: bytes, *, name: str) -> FolderFiles:
    """The tables of a zip archive, wherever its one objectives.csv lies. Nothing is unpacked to disk.

    Raises FolderRefused for what is no zip, is encrypted, leads out of the folder, unpacks to too much, or
    holds several folders with an objectives.csv.
    """
    if len(archive) > MAX_ARCHIVE_BYTES:
        raise _too_big(name, MAX_ARCHIVE_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return _checked(_read_entries(opened, name))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise FolderRefused(f"{name} is not a zip archive we can read ({error}).", "Zip it again.") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise FolderRefused(f"{name} is damaged ({error}).", "Zip the folder again.") from error


def _read_entries(opened: zipfile.ZipFile, name: str) -> FolderFiles:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise FolderRefused(f"{name} holds {len(entries)} files.", f"At most {MAX_ENTRIES}: zip one folder.")
    for entry in entries:
        _check_entry(entry)
    homes = {_home(entry) for entry in entries if _base(entry) == "objectives.csv" and not _is_litter(entry)}
    if len(homes) > 1:
        folders = ", ".join(sorted(str(home) for home in homes))
        raise FolderRefused(f"{name} holds several folders: {folders}.", "Bring one organisation at a time.")
    contents: dict[str, bytes] = {}
    ignored: list[str] = []
    left = MAX_ALL_BYTES
    for entry in entries:
        if _is_litter(entry):
            continue
        if _home(entry) not in homes or _base(entry) not in FILES_READ:
            ignored.append(entry.filename)
            continue
        if _base(entry) in contents:
            raise FolderRefused(f"{name} holds {entry.filename} twice.", "Zip the folder again.")
        contents[_base(entry)] = _unpack(opened, entry, min(left, MAX_FILE_BYTES))
        left -= len(contents[_base(entry)])
    return FolderFiles(name, contents, tuple(ignored))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise FolderRefused(f"“{entry.filename}” leads out of the archive.", "Zip the folder itself.")
    if entry.flag_bits & 0x1:
        raise FolderRefused(f"“{entry.filename}” is encrypted.", "Zip it without a password.")


def _unpack(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The entry's bytes; the size in its header is not trusted, at most `limit` + 1 bytes are unpacked."""
    with opened.open(entry) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise _too_big(entry.filename, limit)
    return content


def _home(entry: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(entry.filename).parent


def _base(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).name


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """What desktop systems add to archives."""
    parts = PurePosixPath(entry.filename).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db")


def _checked(files: FolderFiles) -> FolderFiles:
    if "objectives.csv" not in files.contents:
        mend = "Name the folder that holds it: one row per objective."
        raise FolderRefused(f"{files.name} holds no objectives.csv.", mend)
    return files


def _too_big(name: str, limit: int) -> FolderRefused:
    return FolderRefused(f"{name} is bigger than {limit // 2**20} MB.", "Split it by cycle.")
