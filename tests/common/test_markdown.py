"""Marks without end cost no more than words, and stay the signs that they are."""

from __future__ import annotations

import pytest

from common import markdown
from common.markdown import MOST_LINKS, rich_html


def drawn(text: str) -> str:
    return rich_html(text, person_href=lambda _: "/p/")


def test_links_are_read_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []
    real = markdown.read_link

    def counted(*given: object) -> bool:
        tries.append(1)
        return bool(real(*given))  # type: ignore[arg-type]

    monkeypatch.setattr(markdown, "read_link", counted)
    assert drawn("[" * 20_000) == f"<p>{'[' * 20_000}</p>\n"
    assert len(tries) == MOST_LINKS


def test_links_before_the_crowd_and_mentions_after_it_are_drawn() -> None:
    html = drawn(
        "[a](https://b.example) " + "[" * 1_000 + " @[Leila](person:0190aaaa-0000-7000-8000-000000000000)"
    )
    assert '<a href="https://b.example"' in html
    assert "@Leila</a>" in html


def test_brackets_after_an_address_stay_outside() -> None:
    assert drawn("(https://a.example/x_(y))").count(">https://a.example/x_(y)</a>)") == 1
    assert drawn("https://a.example/" + ")" * 19_000).count(">https://a.example/</a>)") == 1
