"""A form as a browser without scripts would send it: read from the page, changed, and posted."""

from __future__ import annotations

from html.parser import HTMLParser

SKIPPED = ("submit", "button")


class PageForm(HTMLParser):
    """The fields of the form with the id `form_id`, by name, with every value in the order of the page."""

    def __init__(self, page: str, form_id: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._form_id, self._inside, self._template = form_id, False, 0
        self._area: str | None = None
        self._words = ""
        self._select: str | None = None
        self._chosen: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = said.get("id") == self._form_id
        self._template += tag == "template"
        if not self._inside or self._template:
            return
        if tag == "input" and said.get("type", "text") not in SKIPPED:
            if said.get("type") in ("radio", "checkbox") and "checked" not in said:
                return
            self._add(said["name"], said.get("value", ""))
        elif tag == "textarea":
            self._area, self._words = said["name"], ""
        elif tag == "select":
            self._select, self._chosen = said["name"], None
        elif tag == "option" and self._select and ("selected" in said or self._chosen is None):
            self._chosen = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._template -= 1
        elif tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            self._add(self._area, self._words)
            self._area = None
        elif tag == "select" and self._select:
            self._add(self._select, self._chosen or "")
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._words += data

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)

    def with_changes(self, **changes: str | list[str]) -> dict[str, list[str]]:
        """The fields with some typed over; `__` in a name stands for a hyphen."""
        fields = {name: list(values) for name, values in self.fields.items()}
        for name, value in changes.items():
            fields[name.replace("__", "-")] = value if isinstance(value, list) else [value]
        return fields
