"""What an import did or would do: counts that add up, and a line for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from integrations.rules.okr_folder.describe import NOUNS
from integrations.rules.okr_folder.drafts import Decision, Outcome, Plan

Report = dict[str, Any]
WORDS = {
    Outcome.MADE: "made as they are",
    Outcome.FLAGGED: "made, with a question",
    Outcome.UPDATED: "brought up to date",
    Outcome.UNCHANGED: "unchanged",
    Outcome.REFUSED: "refused",
}


def build_report(plan: Plan) -> Report:
    """JSON values: `counts` (read = made + flagged + updated + unchanged + refused), the same per file in `files`,
    what was made by kind in `objects`, and every row in `rows`."""
    by_file: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        by_file.setdefault(decision.file, []).append(decision)
    made = Counter(draft.table for draft in plan.made)
    objects = {table: made[table] for table in NOUNS if made[table]}
    for name, count in (("team", len(plan.teams)), ("person", len(plan.people)), ("link", len(plan.links))):
        if count:
            objects[name] = count
    return {
        "source": plan.source_name,
        "digest": plan.digest,
        "counts": count_outcomes(plan.decisions),
        "files": {file: count_outcomes(decisions) for file, decisions in by_file.items()},
        "objects": objects,
        "notes": list(plan.notes),
        "rows": [_row(decision) for decision in plan.decisions],
    }


def count_outcomes(decisions: Iterable[Decision]) -> dict[str, int]:
    counted = Counter(str(decision.outcome) for decision in decisions)
    return {"read": counted.total(), **{str(outcome): counted[outcome] for outcome in WORDS}}


def report_lines(report: Report, *, with_rows: bool) -> Iterator[str]:
    """The report for a terminal; `with_rows` adds the decision on every row, else only refused and flagged ones."""
    for row in report["rows"]:
        if with_rows or row["outcome"] == Outcome.REFUSED:
            yield row_line(row)
        for flag in row["flags"] if with_rows else ():
            yield f"    ? {flag['text']}"
    yield ""
    for file, counts in report["files"].items():
        yield f"{file:<20} {counts_line(counts)}"
    yield f"{'all':<20} {counts_line(report['counts'])}"
    if report["objects"]:
        parts = (f"{count} {plural(name, count)}" for name, count in report["objects"].items())
        yield "Made: " + ", ".join(parts) + "."
    yield from report["notes"]


def row_line(row: dict[str, Any]) -> str:
    mend = f" {row['mend']}" if row["mend"] else ""
    title = f" “{row['title'][:60]}”" if row["title"] else ""
    return f"{row['file']}:{row['line']} {row['outcome']}{title}: {row['what']}{mend}"


def counts_line(counts: dict[str, int]) -> str:
    parts = [f"{counts['read']} read"]
    parts += [f"{counts[outcome]} {WORDS[outcome]}" for outcome in WORDS if counts[outcome]]
    return ", ".join(parts)


def plural(table: str, count: int) -> str:
    """The word for so many things of a kind."""
    noun = NOUNS.get(table, table)
    if count == 1:
        return noun
    irregular = {
        "person": "people",
        "priority": "priorities",
        "note on an objective": "notes on objectives",
        "line of a retrospective": "lines of retrospectives",
    }
    return irregular.get(noun, f"{noun}s")


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "file": decision.file,
        "line": decision.line,
        "id": decision.external_id,
        "title": decision.title,
        "outcome": str(decision.outcome),
        "what": decision.what,
        "mend": decision.mend,
        "flags": [
            {"code": flag.code, "text": flag.text, "options": [list(option) for option in flag.options]}
            for flag in decision.flags
        ],
    }


def csv_lines(report: Report) -> Iterator[list[str]]:
    """Header and a line for every row. Cells that a spreadsheet would take for a formula begin with a quote."""
    yield ["file", "line", "id", "title", "outcome", "what we did", "to mend it", "questions"]
    for row in report["rows"]:
        questions = " | ".join(flag["text"] for flag in row["flags"])
        cells = [row["id"], row["title"], row["outcome"], row["what"], row["mend"], questions]
        yield [row["file"], str(row["line"]), *(_plain(cell) for cell in cells)]


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
