"""One organisation in which everybody has a place, and how each of them calls any address of the product."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alignment.models import PriorityRevision, Reconfirmation
from alignment.services.draft_revision import save_draft
from checkins.services.edit_check_in import delete_check_in
from checkins.services.end_review import end_review
from checkins.services.keep_decision import keep_decision
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.say_next_step import say_next_step
from checkins.services.start_review import start_review
from common.ids import new_id
from integrations.models import ImportQuestion, ImportRun
from integrations.services.rehearse_import import rehearse_upload
from notices.models import Delivery, Notice
from notices.rules.kinds import Channel, NoticeKind
from notices.services.sign_link import sign_mute_link, sign_week_link
from objectives.models import Objective, Recalibration, Suggestion, WritingDraft
from objectives.services import delete_objective
from people.models import User
from people.roles import Role
from people.services import deactivate_person, invite_person, plan_absence
from tests.api_calls import make_token
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
    moment,
)
from tests.factories.asks import make_ask
from tests.factories.words import make_comment, make_thanks
from tests.integrations.folders import archive_of, folder_of

ROLES = (
    "anonymous",
    "viewer",
    "member",
    "team_mate",
    "contributor",
    "owner",
    "lead",
    "leader",
    "administrator",
    "other_organisation",
)
WRONG_WORDS = "wrong"
"""What the file says where an address answers a write with a redirect and a sentence about why not."""


@dataclass
class RoleWorld:
    """`ids` fill addresses and bodies by the names of their parameters; `people` are everybody by role."""

    people: dict[str, User] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)
    bearers: dict[str, dict[str, str]] = field(default_factory=dict)

    def path(self, pattern: str, changes: Mapping[str, str]) -> str:
        """The address of a pattern such as `teams/<uuid:team_id>/` with this world's rows in it."""
        if "(?P<uidb36>" in pattern:
            return f"/account/password/reset/key/{self.ids['uidb36']}-abc-def/"
        ids = {**self.ids, **changes}
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: ids[found[1]], pattern)

    def call(self, role: str, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """What this person is answered. Pages are asked with a session, the interface with a bearer token."""
        filled = {self._filled(name): self._filled(value) for name, value in body.items()}
        if path.startswith("/api/"):
            headers = self.bearers.get(role, {})
            content = json.dumps(filled) if method != "GET" else ""
            return Client().generic(method, path, content, content_type="application/json", headers=headers)
        client = Client()
        client.cookies = deepcopy(self.cookies[role])
        if method == "GET":
            return client.get(path)
        if method == "POST":
            for name, value in filled.items():
                if value == "FILE":
                    archive = archive_of(dict(folder_of().contents))
                    filled[name] = SimpleUploadedFile("pine.zip", archive, "application/zip")
            return client.post(path, filled)
        return client.generic(method, path)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return value.format(**self.ids) if isinstance(value, str) and "{" in value else value


def read_answer(answer: Any, method: str) -> str:
    """The word in the file: `login`, a status, or a status with `wrong` after a sentence that refuses."""
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/?"):
        return "login"
    is_refused = method != "GET" and answer.status_code == 302 and _has_error(answer)
    return f"{answer.status_code} {WRONG_WORDS}" if is_refused else str(answer.status_code)


def _has_error(answer: Any) -> bool:
    kept = get_messages(answer.wsgi_request)
    return any(message.level >= constants.ERROR for message in getattr(kept, "_queued_messages", ()))


def make_role_world() -> RoleWorld:
    """Team "Store" with a lead, an owner, a contributor and a mate; an objective that leads to a priority."""
    world = RoleWorld()
    organisation = make_organisation("Harbour & Pine")
    people = {
        role: make_person(organisation, name=role.replace("_", " ").title(), can_sign_in=True)
        for role in ROLES[1:-1]
    }
    for role in (Role.VIEWER, Role.LEADER, Role.ADMINISTRATOR):
        User.objects.filter(pk=people[role.value].pk).update(role=role)
        people[role.value].refresh_from_db()
    elsewhere = make_organisation("Elsewhere", is_demo=True)
    people["other_organisation"] = make_person(
        elsewhere, role=Role.ADMINISTRATOR, name="Outsider", can_sign_in=True
    )
    world.people = people
    administrator, owner, lead = people["administrator"], people["owner"], people["lead"]
    team = make_team(organisation, lead=lead, members=[owner, people["team_mate"], lead], name="Store")
    cycle = make_cycle(organisation)
    priority = make_priority(organisation, owner=people["leader"])
    contributors = [people["contributor"]]
    objective = make_objective(cycle, owner=owner, team=team, contributors=contributors, title="Open")
    key_result = make_key_result(objective, owner=owner, title="Repeat share", activated_at=moment(TODAY))
    gone = make_objective(cycle, owner=owner, team=team, contributors=contributors, title="Gone")
    rebuild_numbers(organisation=organisation, today=TODAY)
    said = [
        record_check_in(
            key_result_id=key_result.pk, by=owner, at=NOW, value=Decimal(10 + place), confidence=6
        ).check_in
        for place in range(2)
    ]
    delete_check_in(check_in=said[1], by=owner, at=NOW)
    delete_objective(objective=gone, by=owner, at=NOW)
    review = end_review(review=start_review(team=team, by=lead, at=NOW), by=lead, at=NOW)
    start_review(team=team, by=lead, at=NOW, cycle=cycle)
    decision = keep_decision(team=team, by=lead, at=NOW, text="Ghent first", review=review)
    next_step = say_next_step(team=team, by=lead, at=NOW, text="Calls them", owner=owner, review=review)
    spare = make_person(organisation, name="Spare")
    left = make_person(organisation, name="Left")
    deactivate_person(person=left, by=administrator, at=NOW)
    placeholder = make_person(organisation, email=None, name="Placeholder")
    invited = invite_person(by=administrator, at=NOW, email="new@example.com")
    run, question = _imported(administrator)
    token, _ = make_token(owner)
    rows = {
        "owner": owner,
        "team_id": team,
        "cycle_id": cycle,
        "planned_cycle": make_cycle(organisation, name="Q3 2026", state="planning"),
        "priority_id": priority,
        "objective_id": objective,
        "gone_objective": gone,
        "key_result_id": key_result,
        "check_in_id": said[0],
        "gone_check_in": said[1],
        "ask_id": make_ask(objective, by=people["contributor"], of=owner),
        **_words(objective, owner, lead),
        "review_id": review,
        "decision_id": decision,
        "next_step_id": next_step,
        "link_id": make_link(objective, priority),
        **_proposals(objective, people),
        "draft_objective": make_objective(
            cycle, owner=owner, team=team, contributors=contributors, state="draft"
        ),
        "other_priority": make_priority(organisation, title="Another"),
        **_changes(objective, people["leader"]),
        "person_id": spare,
        "left_person": left,
        "placeholder": placeholder,
        "invitation_id": invited.invitation,
        "token_id": token,
        "absence_id": plan_absence(by=owner, at=NOW, starts_on=TODAY, ends_on=TODAY),
        "draft_id": WritingDraft.objects.create(
            user=owner, fields={"title": ["Half a thought"]}, saved_at=NOW
        ),
        "run_id": run,
        "question_id": question,
    }
    world.ids = {name: str(row.pk) for name, row in rows.items()}
    world.ids |= {"secret": invited.secret, "uidb36": user_pk_to_url_str(owner), "name": _kept_mail()}
    world.ids |= _told(owner)
    world.ids["until"] = str(TODAY + timedelta(days=10))
    _sign_everybody_in(world)
    return world


def _words(objective: Objective, owner: User, lead: User) -> dict[str, Any]:
    """A comment and thanks by the owner, and others that were taken away."""
    gone = {"deleted_at": NOW, "deleted_by": owner}
    return {
        "comment_id": make_comment(objective, author=owner),
        "gone_comment": make_comment(objective, author=owner, **gone),
        "thanks_id": make_thanks(objective, author=owner, receivers=[lead]),
        "gone_thanks": make_thanks(objective, author=owner, receivers=[lead], **gone),
    }


def _imported(administrator: User) -> tuple[ImportRun, ImportQuestion]:
    run = rehearse_upload(
        archive=archive_of(dict(folder_of().contents)), name="pine.zip", by=administrator, at=NOW
    )
    question = ImportQuestion.objects.create(run=run, row="updates.csv 2", code="number_unclear", text="?")
    return run, question


def _told(owner: User) -> dict[str, str]:
    """A notice of the owner, a message of theirs that was given up, and the two links of its mail."""
    notice = Notice.objects.create(
        organisation=owner.organisation,
        user=owner,
        kind=NoticeKind.CHECK_IN_DUE,
        key="2026-05-18",
        on=TODAY,
        due_at=NOW,
        created_at=NOW,
    )
    dead = Delivery.objects.create(
        organisation=owner.organisation,
        user=owner,
        channel=Channel.EMAIL,
        key=str(TODAY),
        due_at=NOW,
        created_at=NOW,
        died_at=NOW,
    )
    return {
        "notice_id": str(notice.pk),
        "delivery_id": str(dead.pk),
        "week_token": sign_week_link(dead, owner, at=NOW),
        "mute_token": sign_mute_link(owner, [NoticeKind.CHECK_IN_DUE]),
    }


def _kept_mail() -> str:
    """A mail on the shelf of kept mails; its name."""
    folder = Path(settings.MAIL_OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    name = str(new_id())
    (folder / f"{name}.eml").write_text("Subject: Hello\nTo: new@example.com\n\nWelcome.\n")
    return name


def _sign_everybody_in(world: RoleWorld) -> None:
    world.cookies["anonymous"] = SimpleCookie()
    for role, person in world.people.items():
        client = Client()
        client.force_login(person)
        world.cookies[role] = client.cookies
        scopes = ("read", "check_in", "write", "admin")
        world.bearers[role] = {"Authorization": f"Bearer {make_token(person, scopes=scopes)[1]}"}


def _changes(objective: Objective, leader: User) -> dict[str, Any]:
    """A priority with a draft, and a question about one that has changed."""
    drafted = make_priority(objective.organisation, title="Soon otherwise")
    save_draft(priority=drafted, by=leader, at=NOW, title="Otherwise")
    changed = make_priority(objective.organisation, title="Was otherwise", revision=2)
    revision = PriorityRevision.objects.create(
        organisation=objective.organisation,
        priority=changed,
        number=2,
        kind="reworded",
        state="published",
        title=changed.title,
        published_at=NOW,
        published_by=leader,
        created_at=NOW,
        updated_at=NOW,
    )
    question = Reconfirmation.objects.create(
        organisation=objective.organisation,
        revision=revision,
        objective=objective,
        asked_at=NOW,
        updated_at=NOW,
    )
    return {"drafted_priority": drafted, "reconfirmation_id": question}


def _proposals(objective: Objective, people: dict[str, User]) -> dict[str, Any]:
    """A new aim that waits for the leader, a leader's suggestion, a dependency on the team, and what is proposed."""
    plan = {
        "start_value": "0",
        "target_value": "100",
        "lower_bound": None,
        "upper_bound": None,
        "planned_values": [],
    }
    owner, leader = people["owner"], people["leader"]
    aimed = make_key_result(objective, title="Aimed", kind="increase", owner=owner)
    aimed.refresh_from_db()
    proposal = Recalibration.objects.create(
        key_result=aimed,
        state="proposed",
        before=plan,
        after={**plan, "target_value": "75"},
        reason="The supplier is late",
        by=owner,
        at=NOW,
        asked_of=leader,
    )
    suggestion = Suggestion.objects.create(
        objective=objective, field="title", before=objective.title, after="Opened", by=leader, created_at=NOW
    )
    other = make_objective(objective.cycle, owner=people["administrator"], title="Leans on it")
    proposed = make_objective(
        objective.cycle,
        owner=owner,
        team=objective.team,
        contributors=[people["contributor"]],
        state="proposed",
        title="Proposed",
    )
    return {
        "aimed_key_result": aimed,
        "recalibration_id": proposal,
        "suggestion_id": suggestion,
        "dependency_link": make_link(other, objective, kind="depends_on", state="requested"),
        "proposed_objective": proposed,
    }
