"""What an organisation already holds, in the shape in which an import compares it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max

from alignment.models import AlignmentLink, StrategicPriority
from checkins.models import CheckIn, ObjectiveNote
from insights.models import Retrospective
from integrations.rules.okr_folder.drafts import Existing, ExistingRow
from objectives.models import Cycle, Initiative, KeyResult, Objective
from people.models import Organisation, Team, User

Node = tuple[str, str]


def existing_rows(organisation: Organisation) -> Existing:
    """Every row with an external id, deleted ones too (what people deleted is not made again), people and teams."""
    people = dict(
        User.objects.filter(organisation=organisation)
        .order_by("-created_at", "-id")
        .values_list("name", "pk")
    )
    emails = User.objects.filter(organisation=organisation, email__isnull=False).values_list("email", "pk")
    teams = list(
        Team.objects.filter(organisation=organisation).order_by("created_at").values_list("name", "pk")
    )
    people_by_name = {str(name).casefold(): pk for name, pk in [*people.items(), *emails]}
    existing = Existing(
        people=people_by_name,
        teams={name.casefold(): pk for name, pk in reversed(teams)},
    )
    highest = StrategicPriority.objects.filter(organisation=organisation).aggregate(rank=Max("rank"))["rank"]
    existing.highest_rank = highest or 0
    person_of = {pk: name for name, pk in people_by_name.items()}
    team_of = {pk: name for name, pk in existing.teams.items()}
    _read_tables(existing, organisation, person_of, team_of)
    _read_graph(existing, organisation)
    return existing


def _read_tables(
    existing: Existing, organisation: Organisation, people: dict[UUID, str], teams: dict[UUID, str]
) -> None:
    _read(existing, "cycle", Cycle.objects, organisation, ("name", "starts_on", "ends_on", "state"))
    _read(existing, "priority", StrategicPriority.objects, organisation, ("title", "narrative", "owner_id"))
    fields: tuple[str, ...] = (
        "title",
        "why",
        "score",
        "score_reason",
        "owner_label",
        "owner_id",
        "team_id",
        "cycle_id",
    )
    _read(existing, "objective", Objective.everything, organisation, fields)
    fields = ("title", "kind", "start_value", "target_value", "unit", "score", "owner_label", "owner_id")
    _read(existing, "key_result", KeyResult.everything, organisation, fields)
    _read(existing, "check_in", CheckIn.everything, organisation, ("value", "note", "edited_at"))
    fields = ("text", "value", "value_max", "value_text", "status_text")
    _read(existing, "note", ObjectiveNote.objects, organisation, fields)
    fields = ("title", "url", "state", "owner_label")
    _read(existing, "initiative", Initiative.objects, organisation, fields)
    _read(existing, "retrospective", Retrospective.objects, organisation, ("section",))
    cycles = {row.id: external_id for external_id, row in existing.rows["cycle"].items()}
    for row in [*existing.rows["objective"].values(), *existing.rows["key_result"].values()]:
        row.values["owner"] = people.get(row.values.pop("owner_id"))
        if "team_id" in row.values:
            row.values["team"] = teams.get(row.values.pop("team_id"))
            row.values["cycle"] = cycles.get(row.values.pop("cycle_id"))
    for row in existing.rows["priority"].values():
        row.values["owner"] = people.get(row.values.pop("owner_id"))
    for row in existing.rows["check_in"].values():
        row.values["is_edited"] = row.values.pop("edited_at") is not None


def _read(
    existing: Existing, table: str, manager: Any, organisation: Organisation, fields: tuple[str, ...]
) -> None:
    rows = manager.filter(organisation=organisation, external_id__isnull=False)
    existing.rows[table] = {
        row["external_id"]: ExistingRow(row["id"], row["source_fields"], {name: row[name] for name in fields})
        for row in rows.values("id", "external_id", "source_fields", *fields)
    }


def _read_graph(existing: Existing, organisation: Organisation) -> None:
    """Links as edges between (type, external id); rows without an external id go by their own id."""
    links = AlignmentLink.objects.filter(organisation=organisation).values_list(
        "child__external_id",
        "child_id",
        "priority__external_id",
        "priority_id",
        "objective__external_id",
        "objective_id",
        "key_result__external_id",
        "key_result_id",
    )
    for child, child_id, *parents in links:
        for kind, external_id, pk in zip(
            ("priority", "objective", "key_result"), parents[::2], parents[1::2], strict=True
        ):
            if pk is None:
                continue
            start: Node = ("objective", str(child or child_id))
            end: Node = (kind, str(external_id or pk))
            existing.edges.append((start, end))
            existing.links.add((start[1], kind, end[1]))
    parts = KeyResult.everything.filter(organisation=organisation, links_down__isnull=False).distinct()
    for external_id, pk, objective, objective_id in parts.values_list(
        "external_id", "pk", "objective__external_id", "objective_id"
    ):
        part: Node = ("key_result", str(external_id or pk))
        existing.edges.append((part, ("objective", str(objective or objective_id))))
