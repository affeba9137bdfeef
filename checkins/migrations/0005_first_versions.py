"""Rows that are there already get the history that their own columns tell."""

from django.db import migrations

from activity.services.keep_versions import row_of
from objectives.rules.lives import stages_of

BATCH = 500
PARTS = {
    "objective": {"contributors": "objective_id"},
    "key_result": {"milestones": "key_result_id", "planned_values": "key_result_id"},
}


def keep_first_versions(apps, schema_editor):
    version = apps.get_model("activity", "RowVersion")
    through = apps.get_model("objectives", "Objective").contributors.through
    tables = {
        "cycle": apps.get_model("objectives", "Cycle"),
        "priority": apps.get_model("alignment", "StrategicPriority"),
        "objective": apps.get_model("objectives", "Objective"),
        "key_result": apps.get_model("objectives", "KeyResult"),
        "link": apps.get_model("alignment", "AlignmentLink"),
        "initiative": apps.get_model("objectives", "Initiative"),
    }
    parts = {
        "contributors": through,
        "milestones": apps.get_model("objectives", "Milestone"),
        "planned_values": apps.get_model("objectives", "PlannedValue"),
    }
    for subject_type, model in tables.items():
        rows = model._base_manager.order_by("pk")
        for start in range(0, rows.count(), BATCH):
            some = list(rows[start : start + BATCH])
            found = {
                name: _grouped(parts[name], column, [row.pk for row in some])
                for name, column in PARTS.get(subject_type, {}).items()
            }
            version.objects.bulk_create(
                version(
                    organisation_id=row.organisation_id,
                    subject_type=subject_type,
                    subject_id=row.pk,
                    known_at=at,
                    row={
                        **row_of(row),
                        **{name: grouped.get(row.pk, []) for name, grouped in found.items()},
                        **_as_json(columns),
                    },
                )
                for row in some
                for at, columns in _stages(subject_type, row)
            )


def _stages(subject_type, row):
    if subject_type in ("link", "initiative"):
        return [(row.created_at, {})]
    return stages_of(row, known_at=row.created_at)


def _grouped(model, column, ids):
    grouped = {}
    for part in model._base_manager.filter(**{f"{column}__in": ids}).order_by("pk"):
        grouped.setdefault(getattr(part, column), []).append(row_of(part))
    return grouped


def _as_json(columns):
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in columns.items()
    }


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0002_versions_of_rows"),
        ("alignment", "0002_revisions_and_reconfirmations"),
        ("checkins", "0004_check_ins_by_moment"),
        ("objectives", "0004_suggestions_and_new_aims"),
    ]

    operations = [migrations.RunPython(keep_first_versions, migrations.RunPython.noop, elidable=True)]
