"""A person. Without an e-mail a person is a placeholder that can own things but cannot sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac

from common.models import IdentifiedModel
from people.roles import Role


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        """A person; `email` None makes a placeholder without a usable password."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, IdentifiedModel):
    """A person of one organisation. `email` is unique per installation."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="people")
    email = models.EmailField(max_length=254, null=True, blank=True, unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role], default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, blank=True, help_text="empty: the organisation's")
    locale = models.CharField(max_length=16, blank=True, help_text="empty: the organisation's")
    theme = models.CharField(max_length=8, blank=True, help_text="light, dark, or empty for the system's")
    has_shortcuts = models.BooleanField(default=True)
    working_days = models.CharField(max_length=7, default="01234", help_text="digits, 0 is Monday")
    check_in_weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: the team's")
    check_in_hour = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: the team's")
    quiet_from_hour = models.PositiveSmallIntegerField(default=18, help_text="no message from this hour …")
    quiet_until_hour = models.PositiveSmallIntegerField(default=8, help_text="… until this one")
    notices_paused_until = models.DateTimeField(null=True, blank=True)
    prefers_private_thanks = models.BooleanField(default=False)
    feed_seen_at = models.DateTimeField(
        null=True, blank=True, help_text="when the person was last up to date"
    )
    followed_teams = models.ManyToManyField("people.Team", related_name="followers", blank=True)
    external_id = models.CharField(max_length=200, null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, help_text="raising it ends every sign-in at once")
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now(), db_index=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.UniqueConstraint(fields=["organisation", "external_id"], name="user_external_id_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="user_has_name"),
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="user_role_known"),
            models.CheckConstraint(
                condition=models.Q(check_in_weekday__isnull=True) | models.Q(check_in_weekday__lte=6),
                name="user_weekday_exists",
            ),
            models.CheckConstraint(
                condition=models.Q(check_in_hour__isnull=True) | models.Q(check_in_hour__lte=23),
                name="user_hour_exists",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from_hour__lte=23, quiet_until_hour__lte=23),
                name="user_quiet_hours_exist",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_placeholder(self) -> bool:
        """Named in an import, not yet claimed by anybody."""
        return self.email is None

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_leader(self) -> bool:
        """Leaders and administrators may state priorities."""
        return self.role in (Role.LEADER, Role.ADMINISTRATOR)

    @property
    def is_viewer(self) -> bool:
        return self.role == Role.VIEWER

    @property
    def initial(self) -> str:
        return self.name[:1].upper()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to stay signed in: changes with the password and with `session_epoch`."""
        return salted_hmac(
            "people.models.User.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
