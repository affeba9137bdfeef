"""Where objectives lead: parents by id, never a circle."""

from __future__ import annotations

import re

from alignment.rules.graph import LoopFound, loop_path, topological_order
from integrations.rules.okr_folder.context import Context, Flags
from integrations.rules.okr_folder.drafts import Draft, Flag, LinkDraft

PARENT_TYPES = ("objective", "key_result", "priority")
_LIST = re.compile(r"\s*[;,|]\s*")

Node = tuple[str, str]


def draft_links(objectives: list[Draft], context: Context, flags_of: dict[str, Flags]) -> list[LinkDraft]:
    """The links that the objectives' rows state. A parent that is nowhere is flagged, the words stay in the row."""
    links: dict[tuple[str, str, str], LinkDraft] = {}
    for draft in objectives:
        for said in _parent_ids(draft, context):
            found = _find(draft, said, context)
            if found is None:
                text = f"Its parent {said} is not in the folder, so it leads nowhere yet."
                subject = ("objective", draft.external_id)
                flags_of[draft.row.where].append(Flag("parent_missing", text, (), subject))
                continue
            parent_type, parent = found
            links[draft.external_id, parent_type, parent] = LinkDraft(
                draft.external_id, parent_type, parent, draft.row
            )
        priority = draft.row["priority"]
        by_id = context.resolve("priority", draft.row["org"], priority) if priority else None
        if by_id:
            key = (draft.external_id, "priority", by_id)
            links.setdefault(key, LinkDraft(draft.external_id, "priority", by_id, draft.row))
    return list(links.values())


def without_loops(
    links: list[LinkDraft], key_results: dict[str, str], context: Context, flags_of: dict[str, Flags]
) -> list[LinkDraft]:
    """The links that close no circle, in the order of the rows; `key_results` maps key result to objective."""
    fixed: list[tuple[Node, Node]] = [
        (("key_result", key_result), ("objective", objective))
        for key_result, objective in key_results.items()
    ]
    fixed += context.existing.edges
    wanted = [(link, _edge(link)) for link in links]
    try:
        topological_order(fixed + [edge for _, edge in wanted])
    except LoopFound:
        return _one_by_one(wanted, fixed, flags_of)
    return links


def _one_by_one(
    wanted: list[tuple[LinkDraft, tuple[Node, Node]]],
    edges: list[tuple[Node, Node]],
    flags_of: dict[str, Flags],
) -> list[LinkDraft]:
    safe = []
    for link, (child, parent) in wanted:
        loop = loop_path(edges, child, parent)
        if loop is None:
            edges.append((child, parent))
            safe.append(link)
            continue
        path = " → ".join(name for _, name in loop)
        text = f"A link to {link.parent} would close a circle: {path}. Made without it."
        flags_of[link.row.where].append(Flag("parent_loop", text, (), ("objective", link.child)))
    return safe


def _edge(link: LinkDraft) -> tuple[Node, Node]:
    return ("objective", link.child), (link.parent_type, link.parent)


def _parent_ids(draft: Draft, context: Context) -> list[str]:
    """One id, or several with a comma, semicolon or bar between them."""
    said = draft.row["parent_id"]
    if not said or _find(draft, said, context):
        return [said] if said else []
    return [part for part in _LIST.split(said) if part]


def _find(draft: Draft, said: str, context: Context) -> tuple[str, str] | None:
    kind = draft.row["parent_kind"].casefold().replace(" ", "_").replace("-", "_")
    kinds = (kind,) if kind in PARENT_TYPES else PARENT_TYPES
    for one in kinds:
        found = context.resolve(one, draft.row["org"], said)
        if found:
            return one, found
    return None
