from django.apps import AppConfig


class ObjectivesConfig(AppConfig):
    name = "objectives"

    def ready(self) -> None:
        from activity.services import subscribe
        from objectives.services.kept_rows import keep_rows
        from objectives.services.open_first_cycle import open_first_cycle

        keep_rows()
        subscribe("organisation.created", open_first_cycle)
