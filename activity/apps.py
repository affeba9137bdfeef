from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        from activity.services import record_event
        from activity.services.keep_versions import Kept, keep_history
        from people.events import listen
        from people.models import Organisation

        keep_history("organisation", Kept(Organisation, numbers=frozenset(("expected_on",))))
        listen(record_event)
