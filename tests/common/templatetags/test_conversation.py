"""People's words on pages: marks and quotation marks."""

from __future__ import annotations

import pytest

from common.templatetags.conversation import said_text


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Half the **maps** are old.", "<p>“Half the <strong>maps</strong> are old.”</p>"),
        ("One line\nand another", "<p>“One line<br>\nand another”</p>"),
        ("Still open:\n\n- Ghent", "<p>Still open:</p>\n<ul>\n<li>Ghent</li>\n</ul>"),
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("> Whose?\n\nOurs", "<blockquote>\n<p>Whose?</p>\n</blockquote>\n<p>Ours</p>"),
        ("<script>alert(1)</script>", "<p>“&lt;script&gt;alert(1)&lt;/script&gt;”</p>"),
        ("[here](javascript:alert(1))", "<p>“[here](javascript:alert(1))”</p>"),
        ("", ""),
    ],
)
def test_one_paragraph_is_quoted_and_more_speak_for_themselves(text: str, drawn: str) -> None:
    assert said_text(text) == drawn
