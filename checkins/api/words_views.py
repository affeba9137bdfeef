"""REST addresses of comments and thanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from checkins.api import words_serializers as shapes
from checkins.models import Comment, Thanks
from checkins.permissions import visible_asks, visible_check_ins, visible_comments, visible_thanks
from checkins.queries.words_resource import list_comments, list_thanks, read_comment, read_thanks
from checkins.rules.kinds import Reactable
from checkins.services.delete_comment import delete_comment
from checkins.services.edit_comment import edit_comment
from checkins.services.edit_thanks import delete_thanks, edit_thanks
from checkins.services.give_thanks import give_thanks
from checkins.services.react import react
from checkins.services.write_comment import write_comment
from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import all_referred, at_address, needed, require_known
from common.errors import InvalidInput
from objectives.permissions import visible_key_results, visible_objectives
from people.api.base import ApiView
from people.models import User
from people.permissions import visible_people

KNOWN: dict[str, Callable[[User], QuerySet[Any]]] = {
    "objective": visible_objectives,
    "key_result": visible_key_results,
    "check_in": visible_check_ins,
    "ask": visible_asks,
}
FILTERS = (
    Parameter("objective", "id", "Only on this objective and what is below it."),
    Parameter("key_result", "id", "Only on this key result and its check-ins."),
    Parameter("check_in", "id", "Only on this check-in."),
    Parameter("ask", "id", "Only on this ask."),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)
MINE = Parameter("mine", "choice", "Only what the caller gave, or received.", ["given", "received"])


class WordsBase(ApiView):
    """What the addresses of comments and thanks share."""

    def require_known_filters(self) -> None:
        """Ids of a filter must be known to the caller."""
        for name, rows in KNOWN.items():
            if name in self.query:
                require_known(rows(self.caller), [self.query[name]], name)

    def place(self, body: dict[str, Any]) -> dict[str, Any]:
        """Takes the place out of a body: the objective, and which part of it. InvalidInput unless it names one."""
        named = {name: body.pop(f"{name}_id") for name in KNOWN if f"{name}_id" in body}
        if len(named) != 1:
            raise InvalidInput.of(
                "objective_id", "required", "Name one of objective, key result, check-in and ask."
            )
        [(name, key)] = named.items()
        row = needed(KNOWN[name](self.caller), key, f"{name}_id")
        if name == "objective":
            return {"objective": row}
        return {"objective": row.key_result.objective if name == "check_in" else row.objective, name: row}

    def found(self, row: dict[str, Any] | None) -> dict[str, Any]:
        if row is None:
            raise Http404
        return row


class CommentsView(WordsBase):
    accepts: ClassVar = {"GET": Accepted(FILTERS, has_pages=True)}

    @extend_schema(responses=page_of(shapes.Comment))
    def get(self, request: Request) -> HttpResponse:
        """Comments, the newest first."""
        self.require_known_filters()
        return self.list_response(lambda page: list_comments(self.caller, page, **self.query))

    @extend_schema(request=shapes.NewCommentInput, responses={201: shapes.Comment})
    def post(self, request: Request) -> HttpResponse:
        """Say something. People named with @ who may read it are told; everybody else stays a word."""
        body = self.read(shapes.NewCommentInput)
        place = self.place(body)
        made = write_comment(by=self.caller, at=self.at, text=body["text"], **place)
        return self.created(self.found(read_comment(self.caller, made.pk)), f"/api/v1/comments/{made.pk}/")


class CommentView(WordsBase):
    @extend_schema(responses=shapes.Comment)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One comment."""
        return self.one(self._row(id))

    @extend_schema(request=shapes.CommentInput, responses=shapes.Comment)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change what a comment says; earlier wordings are kept. Its author."""
        comment = self._comment(id)
        body = self.read(shapes.CommentInput, partial=True)
        self.guard(lambda: self._row(id))
        if "text" in body:
            edit_comment(comment=comment, by=self.caller, at=self.at, text=body["text"])
        return self.one(self._row(id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Take a comment away. Its author and administrators."""
        comment = self._comment(id)
        self.guard(lambda: self._row(id))
        delete_comment(comment=comment, by=self.caller, at=self.at)
        return HttpResponse(status=204)

    def _comment(self, comment_id: UUID) -> Comment:
        return at_address(visible_comments(self.caller), comment_id)

    def _row(self, comment_id: UUID) -> dict[str, Any]:
        return self.found(read_comment(self.caller, comment_id))


class CommentReactionsView(WordsBase):
    @extend_schema(request=shapes.ReactionInput, responses={200: shapes.Comment})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Leave a word on a comment, or take it back with `is_on: false`. Repeating changes nothing."""
        at_address(visible_comments(self.caller), id)
        body = self.read(shapes.ReactionInput)
        react(
            by=self.caller,
            at=self.at,
            subject_type=Reactable.COMMENT,
            subject_id=id,
            word=body["word"],
            is_on=body.get("is_on", True),
        )
        return self.step(self.found(read_comment(self.caller, id)))


class ThanksView(WordsBase):
    accepts: ClassVar = {"GET": Accepted((*FILTERS, MINE), has_pages=True)}

    @extend_schema(responses=page_of(shapes.Thanks))
    def get(self, request: Request) -> HttpResponse:
        """Thanks, the newest first. There is no count of them for a person."""
        self.require_known_filters()
        return self.list_response(lambda page: list_thanks(self.caller, page, **self.query))

    @extend_schema(request=shapes.NewThanksInput, responses={201: shapes.Thanks})
    def post(self, request: Request) -> HttpResponse:
        """Thank people for something specific. A receiver who prefers it in private makes it so."""
        body = self.read(shapes.NewThanksInput)
        place = self.place(body)
        people = all_referred(visible_people(self.caller), body.pop("receiver_ids"), "receiver_ids")
        made = give_thanks(by=self.caller, at=self.at, receivers=people, **place, **body)
        return self.created(self.found(read_thanks(self.caller, made.pk)), f"/api/v1/thanks/{made.pk}/")


class OneThanksView(WordsBase):
    @extend_schema(responses=shapes.Thanks)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One row of thanks."""
        return self.one(self._row(id))

    @extend_schema(request=shapes.ThanksInput, responses=shapes.Thanks)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change the words, or make them private. Whoever gave them."""
        thanks = self._thanks(id)
        body = self.read(shapes.ThanksInput, partial=True)
        self.guard(lambda: self._row(id))
        edit_thanks(thanks=thanks, by=self.caller, at=self.at, **body)
        return self.one(self._row(id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Take thanks back. Whoever gave them, and administrators."""
        thanks = self._thanks(id)
        self.guard(lambda: self._row(id))
        delete_thanks(thanks=thanks, by=self.caller, at=self.at)
        return HttpResponse(status=204)

    def _thanks(self, thanks_id: UUID) -> Thanks:
        return at_address(visible_thanks(self.caller), thanks_id)

    def _row(self, thanks_id: UUID) -> dict[str, Any]:
        return self.found(read_thanks(self.caller, thanks_id))
