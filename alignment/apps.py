from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    name = "alignment"

    def ready(self) -> None:
        from activity.services.keep_versions import Kept, keep_history
        from alignment.models import AlignmentLink, StrategicPriority

        keep_history("priority", Kept(StrategicPriority))
        keep_history("link", Kept(AlignmentLink))
