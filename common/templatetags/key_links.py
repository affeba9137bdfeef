"""Addresses on pages that were opened by a signed link: `{% load key_links %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def key_url(context: Context, name: str, *args: Any) -> str:
    """`{% url name … %}`; on a page opened by a signed link the address `name_by_link` with the link's key.

    The view of such a page sets `request.link_key`.
    """
    key = getattr(context.get("request"), "link_key", "")
    return reverse(f"{name}_by_link", args=(key, *args)) if key else reverse(name, args=args)
