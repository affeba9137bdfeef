from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        from activity.services import subscribe
        from checkins.services.follow_changes import follow_changes
        from checkins.services.learn_reference import learn_after_close

        follow_changes()
        subscribe("cycle.closed", learn_after_close)
