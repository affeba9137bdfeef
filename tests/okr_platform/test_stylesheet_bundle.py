"""One stylesheet out of many."""

import re
from pathlib import Path

from django.conf import settings

from okr_platform.stylesheet_bundle import bundle

FOLDER = Path(settings.BASE_DIR) / "static" / "css"


def test_imports_become_layers() -> None:
    text = '@layer a, b;\n@import url("x.css") layer(b);\n'
    assert bundle(text, lambda name: f"/* {name} */\n") == "@layer a, b;\n@layer b {\n/* x.css */\n}\n"


def test_main_stylesheet_bundles_every_component() -> None:
    made = bundle((FOLDER / "main.css").read_text(), lambda name: (FOLDER / name).read_text())
    assert "@import" not in made
    for component in (FOLDER / "components").glob("*.css"):
        assert component.read_text() in made, f"{component.name} is missing in main.css"


def test_colours_live_in_the_tokens_only() -> None:
    for sheet in FOLDER.rglob("*.css"):
        if sheet.name != "tokens.css":
            text = sheet.read_text().replace("url(#hatch)", "")
            assert not re.findall(r":[^{};]*#[0-9a-fA-F]{3,8}\b[^{};]*[;}]", text), sheet
