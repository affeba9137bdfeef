"""Bodies of comments, thanks and reactions, and the shapes of their answers."""

from __future__ import annotations

from rest_framework import serializers

from checkins.rules.kinds import ReactionWord
from common.api.fields import FlagField, IdField, Input, Named, Output, TextField, Titled, choices


class Reactions(Output):
    """How often each word was left on it, and which of them by the caller."""

    thank_you = serializers.IntegerField(min_value=0)
    i_can_help = serializers.IntegerField(min_value=0)
    same_here = serializers.IntegerField(min_value=0)
    mine = serializers.ListField(child=serializers.ChoiceField(choices(ReactionWord)))


class Comment(Output):
    """Words on an objective, a key result, a check-in or an ask.

    `text` is a subset of Markdown, `words` the same with mentions by name.
    """

    id = serializers.UUIDField()
    objective_id = serializers.UUIDField()
    key_result_id = serializers.UUIDField(allow_null=True)
    check_in_id = serializers.UUIDField(allow_null=True)
    ask_id = serializers.UUIDField(allow_null=True)
    author = Named(allow_null=True)
    text = serializers.CharField()
    words = serializers.CharField()
    mentions = Named(many=True)
    version_count = serializers.IntegerField(min_value=0)
    reactions = Reactions()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class Thanks(Output):
    """Thanks to people, tied to an objective. Private ones are seen by their author and receivers alone."""

    id = serializers.UUIDField()
    objective = Titled()
    key_result_id = serializers.UUIDField(allow_null=True)
    check_in_id = serializers.UUIDField(allow_null=True)
    ask_id = serializers.UUIDField(allow_null=True)
    author = Named(allow_null=True)
    receivers = Named(many=True)
    text = serializers.CharField()
    is_private = serializers.BooleanField()
    reactions = Reactions()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class CommentInput(Input):
    """The words of a comment: a subset of Markdown; `@Name` speaks to a person."""

    text = TextField()


class PlaceInput(Input):
    """What words are about: one of the four."""

    objective_id = IdField(required=False)
    key_result_id = IdField(required=False)
    check_in_id = IdField(required=False)
    ask_id = IdField(required=False)


class NewCommentInput(PlaceInput):
    """A new comment."""

    text = TextField()


class ThanksInput(Input):
    """What thanks say, and whether only the receivers read them."""

    text = TextField()
    is_private = FlagField(required=False)


class NewThanksInput(PlaceInput):
    """New thanks, to one to eight people."""

    receiver_ids = serializers.ListField(child=IdField(), min_length=1, max_length=8)
    text = TextField()
    is_private = FlagField(required=False)


class ReactionInput(Input):
    """One word, left or taken back."""

    word = serializers.ChoiceField(choices(ReactionWord))
    is_on = FlagField(required=False)
