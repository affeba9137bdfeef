"""Priorities that were stated before versions were kept: what they say now, and what they said before."""

from django.db import migrations

VERBS = ("priority.edited", "priority.activated", "priority.retired")
WORDS = ("title", "narrative", "not_doing")
KINDS = {"priority.activated": "taken_up", "priority.retired": "retired", "priority.edited": "reworded"}
BATCH = 500


def keep_versions(apps, schema_editor):
    StrategicPriority = apps.get_model("alignment", "StrategicPriority")
    PriorityRevision = apps.get_model("alignment", "PriorityRevision")
    Event = apps.get_model("activity", "Event")
    rows = (
        StrategicPriority.objects.exclude(state="draft")
        .filter(revisions__isnull=True)
        .order_by("pk")
        .distinct()
    )
    made = []
    for row in rows.iterator(chunk_size=BATCH):
        events = Event.objects.filter(subject_id=row.pk, verb__in=VERBS).order_by("-at", "-id")
        made += _versions(PriorityRevision, row, list(events[: row.revision - 1]))
        if len(made) >= BATCH:
            PriorityRevision.objects.bulk_create(made)
            made = []
    PriorityRevision.objects.bulk_create(made)


def _versions(model, row, events):
    """Newest first, each event undone to come to the words before it. Owner and days are those of today."""
    words = {name: getattr(row, name) for name in WORDS}
    number = row.revision
    since, by_id = row.activated_at or row.created_at, row.created_by_id
    versions = []
    for event in events:
        payload = event.payload if isinstance(event.payload, dict) else {}
        state = (payload.get("changes") or {}).get("state") or [""]
        if event.verb == "priority.activated" and state[0] == "draft":
            # What it said as a draft stays with the leaders.
            since, by_id = event.at, event.by_id
            break
        why = payload.get("reason") or ""
        versions.append(_version(model, row, words, number, KINDS[event.verb], event.at, event.by_id, why))
        for name, pair in (payload.get("changes") or {}).items():
            if name in WORDS and isinstance(pair, list) and len(pair) == 2:
                words = {**words, name: pair[0] or ""}
        number -= 1
    versions.append(_version(model, row, words, number, "stated", since, by_id, ""))
    return [one for one in versions if one.title]


def _version(model, row, words, number, kind, at, by_id, reason):
    return model(
        organisation_id=row.organisation_id,
        priority_id=row.pk,
        number=number,
        kind=kind,
        state="published",
        owner_id=row.owner_id,
        sponsor_id=row.sponsor_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        rank=row.rank,
        reason=str(reason),
        author_id=by_id,
        created_at=at,
        updated_at=at,
        published_at=at,
        published_by_id=by_id,
        **words,
    )


class Migration(migrations.Migration):
    dependencies = (
        ("alignment", "0002_revisions_and_reconfirmations"),
        ("activity", "0001_initial"),
    )

    operations = (migrations.RunPython(keep_versions, migrations.RunPython.noop),)
