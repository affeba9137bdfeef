"""Markup and styles keep the strict content-security policy and the one palette."""

import re

from tests.architecture.sources import ROOT, name_of, stylesheets, templates

INLINE_STYLE = re.compile(r"\sstyle\s*=|<style[\s>]", re.IGNORECASE)
INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc\s*=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
DATA_BLOCK = re.compile(r"<script[^>]*type=[\"']application/json[\"'][^>]*>", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lch|lab|hwb)\(", re.IGNORECASE)
FOREIGN = re.compile(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(?:https?:)?//(?!www\.w3\.org)", re.IGNORECASE)
HX_GET = re.compile(r"<(?P<tag>[a-z]+)\b(?P<rest>[^>]*\bhx-(?P<verb>get|post)\b[^>]*)>", re.IGNORECASE)
MAILS = {"mail", "mails", "email", "emails"}


def page_templates() -> list[tuple[str, str]]:
    """Name and markup of templates that a browser gets; mail programs need inline styles."""
    return [
        (name_of(path), COMMENT.sub("", path.read_text(encoding="utf-8")))
        for path in templates()
        if not MAILS & set(path.parts)
    ]


def test_no_inline_style_or_script() -> None:
    found = []
    for name, markup in page_templates():
        markup = DATA_BLOCK.sub("", markup)
        found += [f"{name}: {hit.strip()}" for hit in INLINE_STYLE.findall(markup)]
        found += [f"{name}: {hit.strip()}" for hit in INLINE_SCRIPT.findall(markup)]
    assert found == [], "\n".join(found)


def test_nothing_is_loaded_from_elsewhere() -> None:
    found = [
        name for name, markup in page_templates() if re.search(r"(?:src|hx-get)=[\"'](?:https?:)?//", markup)
    ]
    found += [name_of(path) for path in stylesheets() if FOREIGN.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_colours_live_in_the_tokens_only() -> None:
    found = []
    for path in stylesheets():
        if path.name == "tokens.css":
            continue
        text = CSS_COMMENT.sub("", path.read_text(encoding="utf-8"))
        found += [f"{name_of(path)}: {hit}" for hit in COLOUR.findall(text)]
    assert found == [], "\n".join(found)


def test_no_colour_in_markup() -> None:
    colour = re.compile(r"(?:fill|stroke|color|bgcolor)=[\"']#?[0-9a-f]{3,8}[\"']", re.IGNORECASE)
    assert [name for name, markup in page_templates() if colour.search(markup)] == []


def test_scripts_are_modules_of_this_site() -> None:
    found = []
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        if re.search(
            r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write\(|https?://(?!www\.w3\.org)", text
        ):
            found.append(name_of(path))
    assert found == []


def test_htmx_sits_on_links_and_forms_that_work_without_it() -> None:
    found = []
    for name, markup in page_templates():
        for hit in HX_GET.finditer(markup):
            needed = "href" if hit["tag"] == "a" else "action" if hit["tag"] == "form" else None
            if needed and not re.search(rf"\b{needed}\s*=", hit["rest"]):
                found.append(f"{name}: <{hit['tag']} hx-{hit['verb']}> without {needed}")
    assert found == [], "\n".join(found)
