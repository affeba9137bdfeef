"""The environment is read by type, and complained about by name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from okr_platform.env import Environment, database_from_url, mail_from_url, read_env_file


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("Yes", True), ("off", False), ("0", False), ("", False)]
)
def test_flag_understands_plain_words(word: str, value: bool) -> None:
    assert Environment({"OKR_HTTPS": word}).flag("OKR_HTTPS") is value


@pytest.mark.parametrize(
    ("name", "held", "read", "says"),
    [
        ("OKR_HTTPS", "maybe", lambda env: env.flag("OKR_HTTPS"), "1 or 0"),
        ("OKR_API_RATE", "many", lambda env: env.number("OKR_API_RATE", 10), "a whole number"),
        ("OKR_API_RATE", "-1", lambda env: env.number("OKR_API_RATE", 10), "from 0"),
        ("OKR_LOG_FORMAT", "xml", lambda env: env.choice("OKR_LOG_FORMAT", "json", ("json",)), "one of json"),
        ("DATABASE_URL", "mysql://h/n", database_from_url, "postgresql://"),
        ("DATABASE_URL", "postgresql://host", database_from_url, "database name"),
        ("DATABASE_URL", "postgresql://host:no/name", database_from_url, "a URL such as"),
        ("EMAIL_URL", "http://host", mail_from_url, "smtp+tls://"),
        ("EMAIL_URL", "smtp://", mail_from_url, "names a host"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_do(name: str, held: str, read: object, says: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        read(Environment({name: held}))  # type: ignore[operator]
    assert name in str(caught.value)
    assert says in str(caught.value)


def test_secrets_are_not_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database_from_url(Environment({"DATABASE_URL": "mysql://me:hush@host/name"}))
    assert "hush" not in str(caught.value)


def test_database_url_in_full() -> None:
    env = Environment({"DATABASE_URL": "postgresql://me:p%40ss@db.example:6432/okr?sslmode=require"})
    found = database_from_url(env)
    assert found is not None
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me",
        "p@ss",
        "db.example",
        "6432",
        "okr",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_database_url_through_a_socket_folder() -> None:
    found = database_from_url(
        Environment({"DATABASE_URL": "postgresql:///okr?host=/run/postgresql&user=okr"})
    )
    assert found is not None
    assert (found["HOST"], found["USER"], found["OPTIONS"]) == ("/run/postgresql", "okr", {})


def test_mail_url_chooses_encryption() -> None:
    found = mail_from_url(Environment({"EMAIL_URL": "smtps://me:secret@mail.example"}))
    assert found is not None
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (465, True, False)


def test_unknown_variables_are_warned_of() -> None:
    env = Environment({"OKR_HTPS": "1", "OKR_HTTPS": "1", "HOME": "/"})
    env.flag("OKR_HTTPS")
    with pytest.warns(UserWarning, match="OKR_HTPS is not known"):
        env.warn_of_unknown()


def test_env_file_yields_to_what_is_set(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('# comment\nexport OKR_A="one two"\nOKR_B=from file\n\n')
    target = {"OKR_B": "set"}
    read_env_file(file, target)
    assert target == {"OKR_A": "one two", "OKR_B": "set"}


def test_env_file_with_a_broken_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("OKR_A=1\nnonsense\n")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        read_env_file(file, {})
