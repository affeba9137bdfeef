"""Menus, tabs and hints around the list of objectives: every one is a link or a form field, so all work alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict

from common.templatetags.words import word_of
from dashboards.context import shell_of
from dashboards.queries.objective_list import (
    NONE,
    QUIET,
    VALUE_OF,
    ListFilter,
    ObjectiveRow,
    PriorityHead,
    narrowed,
)
from dashboards.views.words import in_words
from objectives.rules.kinds import Freshness, ObjectiveKind, ObjectiveState, Status
from people.models import User

FLAGGED = (Status.AT_RISK, Status.OFF_TRACK)
HEARD_WORDS = {
    Freshness.FRESH: "In rhythm",
    Freshness.DUE: "Due",
    Freshness.STALE: "Over two rhythms",
    Freshness.SILENT: "Gone quiet",
}
KIND_WORDS = {ObjectiveKind.COMMITTED: "Committed", ObjectiveKind.ASPIRATIONAL: "Aspirational"}
LABELS = {
    "team": "Team",
    "owner": "Owner",
    "priority": "Priority",
    "status": "Status",
    "heard": "Heard",
    "kind": "Kind",
    "state": "State",
}


def tabs_of(request: HttpRequest, rows: Sequence[ObjectiveRow], user: User) -> list[dict[str, Any]]:
    """Ready-made views with their counts; the one that the address shows is current."""
    views: list[tuple[str, dict[str, list[str]]]] = [("All", {}), ("Mine", {"owner": [str(user.pk)]})]
    views += [(team.name, {"team": [team.id]}) for team in shell_of(request).teams[:3]]
    views += [
        ("At risk or off track", {"status": [status.value for status in FLAGGED]}),
        ("Gone quiet", {"heard": [stage.value for stage in QUIET]}),
        ("Without a priority", {"priority": [NONE]}),
        ("Drafts", {"state": [ObjectiveState.DRAFT.value]}),
    ]
    here = {name: sorted(request.GET.getlist(name)) for name in VALUE_OF if request.GET.getlist(name)}
    tabs = []
    for words, wanted in views:
        only = ListFilter(**{name: frozenset(values) for name, values in wanted.items()})  # type: ignore[arg-type]
        query = QueryDict(mutable=True)
        for name, values in wanted.items():
            query.setlist(name, values)
        is_current = here == {name: sorted(values) for name, values in wanted.items()}
        tabs.append(
            {
                "words": words,
                "href": f"?{query.urlencode()}",
                "count": len(narrowed(rows, only, None)),
                "is_current": is_current and not request.GET.get("q"),
            }
        )
    return tabs


def filter_menus(
    query: QueryDict, rows: Sequence[ObjectiveRow], heads: Sequence[PriorityHead], only: ListFilter
) -> list[dict[str, Any]]:
    """One menu per field with what there is to choose and how many objectives have it."""
    names: dict[str, Mapping[str, str]] = {
        "team": _names((VALUE_OF["team"](row), row.team or "No team") for row in rows),
        "owner": _names((VALUE_OF["owner"](row), row.owner or "No owner") for row in rows),
        "priority": {**{str(head.id): head.title for head in heads}, NONE: "Without a priority"},
        "status": {str(value): word_of(value) for value in (*Status, "paused")},
        "heard": {stage.value: words for stage, words in HEARD_WORDS.items()},
        "kind": {kind.value: words for kind, words in KIND_WORDS.items()},
        "state": {
            state.value: word_of(state) for state in ObjectiveState if state != ObjectiveState.CANCELLED
        },
    }
    menus = []
    for name, label in LABELS.items():
        tally = Counter(VALUE_OF[name](row) for row in rows)
        chosen = getattr(only, name)
        options = [
            {"value": value, "words": words, "count": tally[value], "is_chosen": value in chosen}
            for value, words in names[name].items()
            if tally[value] or value in chosen
        ]
        said = ", ".join(str(option["words"]) for option in options if option["is_chosen"])
        menus.append(
            {
                "name": name,
                "label": label,
                "value": said or (in_address(chosen) if chosen else ""),
                "options": options,
                "shows_status": name == "status",
                "clear_href": cleared(query, name) if chosen else "",
            }
        )
    return menus


def in_address(chosen: frozenset[str]) -> str:
    """Words for a value that no objective here has."""
    return f"{len(chosen)} chosen"


def _names(pairs: Any) -> dict[str, str]:
    found = dict(pairs)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == NONE, pair[1].casefold())))


def order_menus(
    query: QueryDict, by: str, groups: Mapping[str, str], order: str, sorts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Group and sort, as menus of links."""
    return [
        _order_menu(query, "group", "Group", by, groups),
        _order_menu(query, "sort", "Sort", order, sorts),
    ]


def _order_menu(
    query: QueryDict, name: str, label: str, current: str, words: Mapping[str, str]
) -> dict[str, Any]:
    links = []
    for value, word in words.items():
        changed = query.copy()
        changed[name] = value
        changed.pop("page", None)
        links.append({"words": word, "href": f"?{changed.urlencode()}", "is_current": value == current})
    return {"label": label, "value": words[current], "links": links}


def cleared(query: QueryDict, name: str) -> str:
    """The same address without one filter."""
    changed = query.copy()
    changed.pop(name, None)
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


def no_match_of(
    query: QueryDict,
    rows: Sequence[ObjectiveRow],
    only: ListFilter,
    matching: set[Any] | None,
    menus: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Which filters met, each by what was chosen in it, and what remains without each of them."""
    chosen = {menu["name"]: menu["value"] for menu in menus}
    loosened = []
    for name in only.names_set:
        left = narrowed(rows, only.without(name), matching if name != "q" else None)
        result = "still none" if not left else f"{len(left)} objective{'s' if len(left) > 1 else ''}"
        if len(left) == 1:
            result += f", {left[0].title[:80]}"
        without = f"“{only.q}”" if name == "q" else chosen.get(name) or LABELS[name]
        loosened.append({"without": without, "href": cleared(query, name), "result": result})
    count = len(only.names_set)
    title = {1: "Nothing matches", 2: "Nothing matches both"}.get(
        count, f"Nothing matches all {in_words(count)}"
    )
    return {"title": title, "words": "No objective passes every filter that is set.", "loosened": loosened}
