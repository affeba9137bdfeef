from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        from activity.services import record_event
        from people.events import listen

        listen(record_event)
