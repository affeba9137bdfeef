"""Fill the database with the fictional retailer Harbour & Pine."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import day_in, now
from dashboards.demo.organisation import NAME, TIME_ZONE
from dashboards.demo.sign_ins import keep_passwords, make_sign_ins, sign_in_lines
from dashboards.demo.write import write_demo
from people.models import Organisation


class Command(BaseCommand):
    help = "Load the demo organisation and print its four sign-ins."
    requires_system_checks = ()  # filling tables needs no pages

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing, and say nothing, when there is an organisation",
        )
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day that the demo takes for today, as YYYY-MM-DD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Organisation.objects.exists():
            return
        if Organisation.objects.filter(name=NAME).exists():
            raise CommandError(f"{NAME} is in this database already.")
        sign_ins = make_sign_ins()
        write_demo(today=options["today"] or day_in(TIME_ZONE, now()), sign_ins=sign_ins)
        keep_passwords(settings.OKR_DATA_DIR, sign_ins)
        for line in sign_in_lines(sign_ins):
            self.stdout.write(line)
