"""Rows for tests: each function makes one thing with believable defaults, and says so in its signature."""

from tests.factories.alignment import make_link, make_news, make_priority
from tests.factories.checkins import make_check_in
from tests.factories.objectives import (
    make_cycle,
    make_initiative,
    make_key_result,
    make_milestones,
    make_objective,
)
from tests.factories.people import make_organisation, make_person, make_team
from tests.factories.when import NOW, TODAY, moment

__all__ = [
    "NOW",
    "TODAY",
    "make_check_in",
    "make_cycle",
    "make_initiative",
    "make_key_result",
    "make_link",
    "make_milestones",
    "make_news",
    "make_objective",
    "make_organisation",
    "make_person",
    "make_priority",
    "make_team",
    "moment",
]
