"""What people were reminded of stays told: reminders move to the notices, with the message that carried them."""

from datetime import timedelta

from django.db import migrations

KIND = "check_in_due"
OLD_JOB = "checkins.send_reminder"


def carry_over(apps, schema_editor):
    notices, deliveries = apps.get_model("notices", "Notice"), apps.get_model("notices", "Delivery")
    reminders = apps.get_model("checkins", "Reminder").objects.select_related("user").order_by("pk")
    for reminder in reminders.iterator(chunk_size=1_000):
        monday = reminder.period_on - timedelta(days=reminder.period_on.weekday())
        shared = {
            "organisation_id": reminder.user.organisation_id,
            "user_id": reminder.user_id,
            "due_at": reminder.due_at,
            "created_at": reminder.created_at,
            "dropped_at": reminder.dropped_at,
        }
        notice = notices(kind=KIND, key=monday.isoformat(), on=reminder.period_on, **shared)
        notice.seen_at = reminder.sent_at
        notices.objects.bulk_create([notice], ignore_conflicts=True)
        message = deliveries(channel="email", key=reminder.period_on.isoformat(), **shared)
        message.sent_at = reminder.sent_at
        deliveries.objects.bulk_create([message], ignore_conflicts=True)
    apps.get_model("activity", "OutboxJob").objects.filter(
        name=OLD_JOB, done_at__isnull=True, died_at__isnull=True
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0001_initial"),
        ("notices", "0001_the_weekly_rhythm"),
        ("checkins", "0002_the_weekly_rhythm"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Reminder"),
    ]
