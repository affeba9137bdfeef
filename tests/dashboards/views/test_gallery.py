"""The gallery is whole: every component renders, nothing is written inline."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import make_cycle, make_person

pytestmark = pytest.mark.django_db


def test_gallery_renders_without_inline_style_or_script(client: Client) -> None:
    person = make_person()
    make_cycle(person.organisation)
    client.force_login(person)
    page = client.get("/gallery/").content.decode()
    assert page.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_gallery_asks_a_stranger_to_sign_in(client: Client) -> None:
    assert client.get("/gallery/").status_code == 302


def test_missing_page_wears_our_clothes(client: Client) -> None:
    make_person()
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
