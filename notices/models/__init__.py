"""What people are told, and how it reaches them."""

from notices.models.chat_hook import ChatHook
from notices.models.delivery import Delivery
from notices.models.notice import Notice
from notices.models.notice_setting import NoticeSetting

__all__ = ["ChatHook", "Delivery", "Notice", "NoticeSetting"]
