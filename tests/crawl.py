"""Following every link of the product from page to page, as somebody with a browser would."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.cache import cache
from django.test import Client
from django.urls import resolve

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.IGNORECASE)
LEFT_ALONE = ("/account/logout/", "/static/", "/api/")
TEMPLATE_ERRORS = ("{{", "{%", "{#", " object at 0x", "Traceback (most recent call last)")


PAST = ("/strategy/", "/objectives/")
"""Pages that are opened in the past too; every other has the same links there, and an evening takes its time."""


@dataclass
class Crawl:
    """What was visited (address → status), how many pages of each route, and what was wrong."""

    client: Client
    most_of_a_route: int = 12
    visited: dict[str, int] = field(default_factory=dict)
    routes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def goes_everywhere(self, start: str = "/", *, most: int = 400) -> Crawl:
        """Breadth first, so many pages of one route at most, then it is left at that."""
        waiting, known = deque([(start, "")]), {start}
        while waiting and len(self.visited) < most:
            address, seen_on = waiting.popleft()
            name = resolve(urlsplit(address).path).url_name or ""
            self.routes[name] += 1
            if self.routes[name] > self.most_of_a_route:
                continue
            for link in self._visit(address, seen_on):
                if link not in known:
                    known.add(link)
                    waiting.append((link, address))
        return self

    def _visit(self, address: str, seen_on: str) -> list[str]:
        """Open one page; returns the addresses that it leads to."""
        cache.clear()
        answer = self.client.get(address.replace("&amp;", "&"))
        self.visited[address] = answer.status_code
        if answer.status_code == 404 and "as_of=" in address and "as_of=" not in seen_on:
            return []  # it was not there yet on that day
        if answer.status_code not in (200, 302):
            self.problems.append(f"{answer.status_code} at {address}, linked on {seen_on}")
            return []
        if answer.status_code == 302:
            return list(filter(None, [self._inside(answer["Location"], address)]))
        if not answer.get("Content-Type", "").startswith("text/html"):
            return []
        text = answer.content.decode()
        self.read(text, address)
        return [link for href in LINK.findall(text) if (link := self._inside(href, address))]

    def read(self, text: str, address: str) -> None:
        """What is wrong on a page goes to the problems."""
        self.problems += [f"{sign} on {address}" for sign in TEMPLATE_ERRORS if sign in text]

    def _inside(self, href: str, address: str) -> str:
        """The address that a link leads to, or "" when it leads out of the product or nowhere new."""
        whole = urldefrag(urljoin(address, href))[0]
        parts = urlsplit(whole)
        if parts.scheme or parts.netloc or parts.path.startswith(LEFT_ALONE):
            return ""
        if "as_of=" in parts.query and parts.path not in PAST:
            return ""
        return whole
