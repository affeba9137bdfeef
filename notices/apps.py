from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from notices.mails.send import send_mail
        from notices.rules.kinds import Channel
        from notices.services.send_chat import send_chat
        from notices.services.send_due import register_channel

        register_channel(Channel.EMAIL, send_mail)
        register_channel(
            Channel.CHAT,
            lambda delivery, message, at: send_chat(delivery=delivery, message=message, at=at),
        )
