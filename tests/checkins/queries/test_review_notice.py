"""What people are told about a review that ended: only what each of them may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkins.services.end_review import end_review
from checkins.services.keep_decision import keep_decision
from checkins.services.say_next_step import say_next_step
from checkins.services.start_review import start_review
from notices.models import Notice
from notices.rendering import render_notices
from tests.checkins.services.review_world import ReviewWorld, make_review_world, world
from tests.factories import NOW, TODAY

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def ended(world: ReviewWorld) -> Notice:
    """A review that decided something in the open and something private; what the member was told."""
    team, by = world.team, world.lead
    review = start_review(team=team, by=by, at=NOW)
    keep_decision(
        team=team, by=by, at=NOW, review=review, text="Stop early.", because="kiosks come late.",
        key_result=world.key_result,
    )  # fmt: skip
    keep_decision(team=team, by=by, at=NOW, review=review, text="Hush.", objective=world.hidden)
    say_next_step(
        team=team, by=by, at=NOW, review=review, text="calls the supplier", owner=world.member, due_on=TODAY
    )
    end_review(review=review, by=by, at=NOW + timedelta(minutes=15))
    return Notice.objects.get(user=world.member, kind="review")


def test_decisions_and_next_steps_are_told_with_the_way_to_the_minutes(world: ReviewWorld) -> None:
    notice = ended(world)
    (section,) = render_notices([notice], world.member, NOW)
    assert section.headline == "Store Operations held its weekly review"
    assert [(line.words, line.facts) for line in section.lines] == [
        ("Store Operations held its weekly review on Wednesday 20 May.", "1 decision, 1 next step"),
        ("Stop early. Because kiosks come late.", "Minutes in the returns queue"),
        ("Noor: calls the supplier, until Wed 20 May", ""),
    ]
    assert {line.href for line in section.lines} == {f"/teams/{world.team.pk}/reviews/{notice.subject_id}/"}
    assert section.lines[0].notice_id == notice.pk


def test_what_is_private_reaches_only_who_may_see_it(world: ReviewWorld) -> None:
    notice = ended(world)
    assert "Hush" not in repr(render_notices([notice], world.member, NOW))
    assert "Hush" in repr(render_notices([notice], world.lead, NOW))


def test_nothing_is_told_across_organisations(world: ReviewWorld) -> None:
    assert render_notices([ended(world)], make_review_world().administrator, NOW) == ()
