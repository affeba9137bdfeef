"""Links of a page about the past stay there, and what writes is off."""

from __future__ import annotations

from datetime import date

import pytest

from common.past_page import page_of_past

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/teams/">', '<a href="/teams/?as_of=2026-11-05">'),
        ('<a class="x" href="?sort=a#top">', '<a class="x" href="?sort=a&amp;as_of=2026-11-05#top">'),
        ('<a href="/strategy/" data-now>', '<a href="/strategy/" data-now>'),
        ('<a href="https://example.org/">', '<a href="https://example.org/">'),
        ('<a href="//example.org/">', '<a href="//example.org/">'),
        ('<a href="#main">', '<a href="#main">'),
        ('<a href="/settings/">', '<a href="/settings/">'),
        ('<a href="/teams/?as_of=2026-11-01">', '<a href="/teams/?as_of=2026-11-01">'),
        ('<a class="btn" href="/objectives/1/edit/">', '<a class="btn" role="link" aria-disabled="true">'),
        ('<a href="/check-in/1/">', '<a role="link" aria-disabled="true">'),
        (
            '<form method="get" action="/search/"></form>',
            '<form method="get" action="/search/"><input type="hidden" name="as_of" value="2026-11-05"></form>',
        ),
        (
            '<form method="post" action="/asks/1/"><button>Go</button></form>',
            '<form method="post" action="/asks/1/?as_of=2026-11-05"><fieldset class="past-off" disabled>'
            "<button>Go</button></fieldset></form>",
        ),
        ('<button form="share" type="submit">', '<button form="share" type="submit" disabled>'),
        (
            '<form method="post" action="/settings/theme/"></form>',
            '<form method="post" action="/settings/theme/"></form>',
        ),
    ],
)
def test_one_tag(html: str, expected: str) -> None:
    assert page_of_past(html, DAY) == expected
