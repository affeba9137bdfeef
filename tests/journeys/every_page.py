"""Every page that the product has, with a row of the demo in its address; the list comes from the role matrix."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from alignment.models import AlignmentLink, Reconfirmation, StrategicPriority
from alignment.rules.kinds import LinkKind
from alignment.services import create_link
from alignment.services.recalibrate import recalibrate
from checkins.models import Ask, CheckIn, Comment, Review, Thanks
from checkins.services.edit_check_in import delete_check_in
from checkins.services.start_review import start_review
from common import clock
from common.ids import new_id
from dashboards.demo.organisation import DOMAIN, NAME
from integrations.services.rehearse_import import apply_rehearsal, rehearse_upload
from notices.models import Delivery
from notices.rules.kinds import Channel, NoticeKind
from notices.services.sign_link import sign_mute_link, sign_week_link
from objectives.models import Cycle, KeyResult, Objective
from objectives.services import delete_objective
from objectives.services.suggest_wording import suggest_wording
from people.models import Organisation, Team, User
from people.services import invite_person
from tests.integrations.folders import archive_of, folder_of
from tests.test_role_matrix import ROWS

NO_PAGES = (
    "healthz",
    "readyz",
    "import_report",
    "my_words",
    "inbox_count",
    "feed_count",
    "alignment_map_graph",
)
ANONYMOUS = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "join",
    "mute",
    "my_week_by_link",
)
PAGES = tuple(
    (row.route, "")
    for row in ROWS
    if row.method == "GET"
    and row.answers["administrator"] == "200"
    and not row.path.startswith("api/")
    and row.route not in (*NO_PAGES, *ANONYMOUS)
)
WITH_QUERIES = (
    ("alignment", "?open=all"),
    ("alignment", "?gap=no_priority"),
    ("alignment_map", "?lanes=team"),
    ("alignment_map", "?key_results=all&status=risk"),
    ("check_in_edit", "?delete"),
    ("key_result_state", "?action=close"),
    ("objective_state", "?action=close"),
    ("objectives", "?status=at_risk&status=off_track&group=team"),
    ("objectives", "?q=no+such+words"),
    ("search", "?q=store"),
    ("team", "?tab=review"),
    ("team", "?tab=review&present=1"),
    ("team", "?tab=history"),
    ("team", "?tab=people"),
    ("what_changed", "?since=day"),
    ("api_docs", ""),
)
OTHERS = (
    ("my_week", "lead"),
    ("my_week", "member"),
    ("strategy", "leader"),
    ("objective", "lead"),
    ("ask", "lead"),
    ("team", "member"),
    *((name, "") for name in ANONYMOUS),
)
"""Pages that others see otherwise: who looks, "" for nobody signed in."""


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@{DOMAIN}")


def demo_ids() -> dict[str, str]:
    """A telling row for every parameter of an address. Makes what the demo does not have: an import, a deletion."""
    organisation = Organisation.objects.get(name=NAME)
    administrator, at = person("admin"), clock.now()
    objectives = Objective.objects.filter(organisation=organisation, state="active", cycle__state="active")
    find = objectives.get(title="Customers find what they need in one visit")
    key_result = find.key_results.order_by("position")[0]
    said = CheckIn.objects.filter(key_result=key_result).order_by("-recorded_at")
    gone = CheckIn.objects.filter(key_result__objective=find).exclude(key_result=key_result)[0]
    delete_check_in(check_in=gone, by=administrator, at=at)
    delete_objective(objective=objectives.exclude(pk=find.pk).order_by("-id")[0], by=administrator, at=at)
    archive = archive_of(dict(folder_of().contents))
    run = rehearse_upload(archive=archive, name="pine.zip", by=administrator, at=at)
    apply_rehearsal(run=run, by=administrator, at=at)
    team = Team.objects.get(organisation=organisation, name="Store Operations")
    start_review(team=team, by=administrator, at=at, cycle=find.cycle)
    invitation = invite_person(by=administrator, at=at, email="new@example.com")
    rows: dict[str, Any] = {
        "objective_id": find,
        "key_result_id": key_result,
        "check_in_id": said[0],
        "ask_id": Ask.objects.filter(asked_of=administrator, kind="decision", ended_at=None)[0],
        "comment_id": Comment.objects.filter(organisation=organisation)[0],
        "thanks_id": Thanks.objects.filter(organisation=organisation, is_private=False)[0],
        "gone_check_in": gone,
        "priority_id": StrategicPriority.objects.filter(organisation=organisation, state="active")[0],
        "reconfirmation_id": Reconfirmation.objects.filter(organisation=organisation, state="open")[0],
        "cycle_id": Cycle.objects.filter(organisation=organisation, state="active")[0],
        "team_id": team,
        "review_id": Review.objects.filter(team=team, ended_at__isnull=False)[0],
        "person_id": User.objects.get(organisation=organisation, name="Noor"),
        "run_id": run,
    }
    rows |= _proposals(find, administrator, at)
    ids = {name: str(row.pk) for name, row in rows.items()}
    return {
        **ids,
        "secret": invitation.secret,
        "name": _kept_mail(),
        "uidb36": user_pk_to_url_str(administrator),
        **_links_of_a_mail(person("lead")),
    }


def _proposals(objective: Objective, by: User, at: datetime) -> dict[str, Any]:
    """A new aim, a suggested wording and a dependency, as their pages show them."""
    metric = KeyResult.objects.filter(objective=objective, target_value__isnull=False).order_by("position")[0]
    other = Objective.objects.filter(organisation=by.organisation, state="active", cycle=objective.cycle)
    links = AlignmentLink.objects.filter(organisation=by.organisation, kind=LinkKind.DEPENDS_ON)
    link = links.first() or create_link(
        child=objective, parent=other.exclude(pk=objective.pk)[0], by=by, at=at, kind=LinkKind.DEPENDS_ON
    )
    target = (metric.target_value or Decimal(0)) + 1
    return {
        "recalibration_id": recalibrate(
            key_result=metric, by=by, at=at, reason="A pilot", target_value=target
        ),
        "suggestion_id": suggest_wording(
            objective=objective, by=by, at=at, field="title", after="Find it at once"
        ),
        "link_id": link,
    }


def _links_of_a_mail(reader: User) -> dict[str, str]:
    at = clock.now()
    mail = Delivery.objects.create(
        organisation=reader.organisation,
        user=reader,
        channel=Channel.EMAIL,
        key=at.isoformat(),
        due_at=at,
        created_at=at,
    )
    return {
        "my_week_by_link": sign_week_link(mail, reader, at=at),
        "mute": sign_mute_link(reader, [NoticeKind.CHECK_IN_DUE]),
    }


def _kept_mail() -> str:
    folder, name = Path(settings.MAIL_OUTBOX_DIR), str(new_id())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.eml").write_text("Subject: Hello\nTo: new@example.com\n\nWelcome.\n")
    return name


def address_of(route: str, ids: dict[str, str]) -> str:
    """The path of a page by its name."""
    if route == "account_reset_password_from_key":
        return reverse(route, kwargs={"uidb36": ids["uidb36"], "key": "abc-def"})
    if route == "check_in_deleted":
        return reverse(route, args=[ids["gone_check_in"]])
    if route in ("my_week_by_link", "mute"):
        return reverse(route, args=[ids[route]])
    pattern = next(row.path for row in ROWS if row.route == route)
    return reverse(route, kwargs={name: ids[name] for name in re.findall(r"<\w+:(\w+)>", pattern)})
