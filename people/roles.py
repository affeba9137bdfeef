"""The four roles of a person and the scopes of a token."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do beyond reading; objectives add owner, contributor and team."""

    ADMINISTRATOR = "administrator"
    LEADER = "leader"
    MEMBER = "member"
    VIEWER = "viewer"


class Scope(StrEnum):
    """What a token may do; it never may do more than its owner."""

    READ = "read"
    CHECK_IN = "check_in"
    WRITE = "write"
    ADMIN = "admin"
