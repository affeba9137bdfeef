"""`manage.py create_token EMAIL --scopes read,check_in,write [--service NAME] [--days N]`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.clock import now
from common.errors import ProductError
from people.models import User
from people.services import create_token


class Command(BaseCommand):
    help = "Make a bearer token of a person and print only its secret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person whom the token acts as")
        parser.add_argument("--scopes", default="read", help="comma-separated: read, check_in, write, admin")
        parser.add_argument("--service", metavar="NAME", help="a machine: its check-ins count as automatic")
        parser.add_argument("--name", help="what the token is called in Settings")
        parser.add_argument("--days", type=int, help="days until it ends; without this it does not end")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.", returncode=1)
        if not person.is_active:
            raise CommandError(f"{email} is deactivated.", returncode=1)
        try:
            made = create_token(
                by=person,
                at=now(),
                name=options["service"] or options["name"] or "Command line",
                scopes=[scope.strip() for scope in options["scopes"].split(",") if scope.strip()],
                days=options["days"],
                is_service=options["service"] is not None,
            )
        except ProductError as error:
            raise CommandError(error.message, returncode=1) from error
        self.stdout.write(made.secret)
