"""How dates and numbers may look. The words of the product are English in all of them."""

from __future__ import annotations

LOCALES: dict[str, str] = {
    "en-gb": "19 Nov 2026, 1,234.5",
    "en-us": "Nov. 19, 2026, 1,234.5",
    "de": "19. November 2026, 1.234,5",
    "fr": "19 novembre 2026, 1 234,5",
    "nl": "19 november 2026, 1.234,5",
    "es": "19 de noviembre de 2026, 1.234,5",
    "it": "19 novembre 2026, 1.234,5",
    "pl": "19 listopada 2026, 1 234,5",
    "sv": "19 november 2026, 1 234,5",
    "de-ch": "19. November 2026, 1'234.5",
}
