"""Events get a number of insertion on PostgreSQL (SQLite has its rowid) and a place in the feed of changes."""

from typing import Any

from django.db import migrations, models


def number_insertions(apps: Any, schema_editor: Any) -> None:
    """A counter that the database keeps alone: no part of the model, so nothing is sent for it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE activity_event ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY (CACHE 1)"
        )


def forget_insertions(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE activity_event DROP COLUMN number")


def place_what_is_there(apps: Any, schema_editor: Any) -> None:
    """What happened before this table knew an order of commits: by its moment."""
    schema_editor.execute(
        "UPDATE activity_event SET position = placed.place FROM (SELECT id, row_number() OVER "
        "(PARTITION BY organisation_id ORDER BY at, id) AS place FROM activity_event) AS placed "
        "WHERE activity_event.id = placed.id"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("activity", "0002_versions_of_rows"),
        ("people", "0003_strategic_review_rhythm"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="position",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(number_insertions, forget_insertions),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("position__isnull", True)), fields=["organisation"], name="event_not_placed"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("position__isnull", False)),
                fields=("organisation", "position"),
                name="event_position_once",
            ),
        ),
        migrations.RunPython(place_what_is_there, migrations.RunPython.noop),
    ]
