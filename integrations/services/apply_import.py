"""Rehearsing and applying an import: the same decisions, written or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from activity.services import record_event
from activity.services.keep_versions import keep_versions, kept_types
from checkins.services.backfill_snapshots import backfill_snapshots
from checkins.services.keep_lives import keep_all_lives
from checkins.services.learn_reference import ask_to_learn
from checkins.services.rebuild_numbers import rebuild_numbers
from common.errors import NotAllowed
from common.locks import lock_graph
from integrations.models import ImportQuestion, ImportRun
from integrations.permissions import can_import
from integrations.queries.existing_rows import existing_rows
from integrations.rules.okr_folder.drafts import Existing, Plan
from integrations.rules.okr_folder.files import FolderFiles
from integrations.rules.okr_folder.plan import plan_import, read_tables
from integrations.rules.okr_folder.report import Report, build_report
from integrations.services.suggest_scores import suggest_scores
from integrations.services.tell_rows import tell_written
from integrations.services.write_plan import PlanWriter
from objectives.models import Cycle, KeyResult
from people.models import Organisation, User

DEFAULT_ZONE = "UTC"
DAYS_BETWEEN_SNAPSHOTS = 7
CHUNK = 5_000
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AppliedImport:
    """`run` is None when there was nothing to write."""

    report: Report
    run: ImportRun | None


def rehearse_folder(*, files: FolderFiles, organisation: Organisation | None, at: datetime) -> Report:
    """What `apply_folder` would do now, row by row. Reads only; `organisation` None: one that is yet to be made."""
    existing = existing_rows(organisation) if organisation is not None else Existing()
    zone = organisation.time_zone if organisation is not None else DEFAULT_ZONE
    return build_report(plan_import(files, existing, today=_day_in(zone, at)))


def apply_folder(
    *,
    files: FolderFiles,
    organisation_name: str,
    by: User | None,
    at: datetime,
    run: ImportRun | None = None,
    tell: Progress = lambda _: None,
) -> AppliedImport:
    """Bring a folder in: all of it or nothing. The organisation is made when missing; `by` None is an operator.

    Everything is parsed before the one write transaction opens. A second time nothing changes and no run is kept.
    Raises FolderRefused when the folder cannot be read, NotAllowed when `by` may not import.
    """
    if by is not None and not (can_import(by) and by.organisation.name == organisation_name):
        raise NotAllowed("Only administrators bring things in.")
    tables = read_tables(files)
    tell(f"Read {sum(len(table.rows) for table in tables.values())} rows of {len(tables)} files.")
    with transaction.atomic():
        organisation = Organisation.objects.filter(name=organisation_name).first()
        if organisation is None:
            organisation = Organisation.objects.create(name=organisation_name, time_zone=DEFAULT_ZONE)
        lock_graph(organisation.pk, exclusively=True)
        existing = existing_rows(organisation)
        today = _day_in(organisation.time_zone, at)
        plan = plan_import(files, existing, today=today, tables=tables)
        report = build_report(plan)
        if plan.writes_nothing and run is None:
            return AppliedImport(report, None)
        run = _write(plan, existing, organisation, by, at, today, run, report, tell)
    tell("Done.")
    return AppliedImport(report, run)


def _write(
    plan: Plan,
    existing: Existing,
    organisation: Organisation,
    by: User | None,
    at: datetime,
    today: date,
    run: ImportRun | None,
    report: Report,
    tell: Progress,
) -> ImportRun:
    writer = PlanWriter(organisation, existing, at, by)
    writer.write(plan)
    tell("Rows written; counting progress up.")
    run = run or ImportRun(organisation=organisation, by=by, source_name=plan.source_name, digest=plan.digest)
    run.state, run.applied_at, run.upload = "applied", at, None
    made = {table: [str(pk) for pk in pks] for table, pks in writer.made.items() if pks}
    run.report = {**report, "made_ids": made}
    run.save()
    _ask(plan, writer, run)
    touched = _touched_objectives(writer)
    rebuild_numbers(organisation=organisation, today=today, thawed=touched)
    suggest_scores(touched)
    _keep_history(organisation, writer, touched, at)
    _backfill(organisation, writer, today)
    ask_to_learn(organisation_id=organisation.pk, at=at)
    counts = {**report["counts"], "source": plan.source_name}
    record_event(
        verb="import.applied",
        subject=run,
        organisation_id=organisation.pk,
        by=by,
        at=at,
        payload={"counts": counts},
    )
    tell_written(run, writer.made, writer.changed, by=by, at=at)
    return run


def _ask(plan: Plan, writer: PlanWriter, run: ImportRun) -> None:
    """Keep every open question, tied to the row it is about."""
    questions = []
    for decision in plan.decisions:
        for flag in decision.flags:
            table, external_id = flag.subject or ("", "")
            questions.append(
                ImportQuestion(
                    run=run,
                    row=f"{decision.file}:{decision.line}",
                    subject_type=table,
                    subject_id=writer.ids.get((table, external_id)),
                    code=flag.code,
                    text=flag.text,
                    options=[{"value": value, "label": label} for value, label in flag.options],
                )
            )
    ImportQuestion.objects.bulk_create(questions, batch_size=500)


def _keep_history(organisation: Organisation, writer: PlanWriter, touched: set[UUID], at: datetime) -> None:
    """What came in is known from the source's dates on; what it changed, from now on."""
    made = {pk for pks in writer.made.values() for pk in pks}
    keep_all_lives(organisation, only=made)
    below = set(KeyResult.everything.filter(objective__in=touched).values_list("pk", flat=True))
    changed = {table: set(ids) for table, ids in writer.changed.items()}
    changed["objective"] = changed.get("objective", set()) | touched
    changed["key_result"] = changed.get("key_result", set()) | below
    for subject_type in kept_types().keys() & changed.keys():
        ids = changed[subject_type] - made
        keep_versions(subject_type, ids, organisation_id=organisation.pk, known_at=lambda _: at)


def _touched_objectives(writer: PlanWriter) -> set[UUID]:
    """Objectives that this import made or changed, or below which it made or changed something."""
    found = {*writer.made.get("objective", ()), *writer.changed.get("objective", ())}
    for table, path in (("key_result", "pk__in"), ("check_in", "check_ins__in")):
        ids = [*writer.made.get(table, ()), *writer.changed.get(table, ())]
        for start in range(0, len(ids), CHUNK):
            within = KeyResult.objects.filter(**{path: ids[start : start + CHUNK]})
            found |= set(within.order_by().values_list("objective_id", flat=True))
    return found


def _backfill(organisation: Organisation, writer: PlanWriter, today: date) -> None:
    """History lines of the cycles that came in: one point a week."""
    cycles = Cycle.objects.filter(
        pk__in=writer.made.get("cycle", []), starts_on__isnull=False, ends_on__isnull=False
    )
    days: set[date] = set()
    for cycle in cycles:
        if cycle.starts_on is None or cycle.ends_on is None:
            continue
        last = min(cycle.ends_on, today)
        spread = (last - cycle.starts_on).days
        days |= {cycle.starts_on + timedelta(days=past) for past in range(0, spread, DAYS_BETWEEN_SNAPSHOTS)}
        days.add(last)
    if days:
        backfill_snapshots(
            organisation=organisation, days=sorted(days), cycle_ids=[cycle.pk for cycle in cycles]
        )


def _day_in(zone: str, at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
