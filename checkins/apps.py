from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        from activity.services import subscribe
        from checkins.queries.review_notice import review_section
        from checkins.queries.tell_all_kinds import tell_all_kinds
        from checkins.services.follow_changes import follow_changes
        from checkins.services.learn_reference import learn_after_close
        from checkins.services.plan_reminders import forget_reminder
        from notices.rendering import register_kind
        from notices.rules.kinds import NoticeKind

        follow_changes()
        subscribe("check_in.recorded", forget_reminder)
        subscribe("key_result.skipped", forget_reminder)
        subscribe("cycle.closed", learn_after_close)
        register_kind(NoticeKind.REVIEW, review_section)
        tell_all_kinds()
