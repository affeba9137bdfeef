"""Secrets are made once, even by many at the same time, and only the owner may read them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from okr_platform.secret_file import read_or_make_secret


def test_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret_key"
    first = read_or_make_secret(path)
    assert len(first) >= 50
    assert read_or_make_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_many_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "token_pepper"
    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(lambda _: read_or_make_secret(path), range(64)))
    assert len(answers) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["token_pepper"]
