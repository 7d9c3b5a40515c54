"""Build the example: Glenmarrow, an area that does not exist, carried by the real deeds to a chosen moment."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from inspections.models import Area, Inspection, Method
from workspace.example.calendar import holiday_weeks, notified_for
from workspace.example.story import tell
from workspace.example.world import GLENMARROW, begin

AFTER_THE_END = 36
MOMENTS = {"planned": 0, "notified": 1, "published": AFTER_THE_END}


class Command(BaseCommand):
    help = "Stage the inspection of Glenmarrow so that today is the chosen moment, and print its reference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", help="planned, notified, week-1 to week-35, or published; week-14 without it"
        )

    def handle(self, *args: Any, at: str | None = None, **options: Any) -> None:
        if not settings.EXAMPLE_SIGN_INS:
            raise CommandError(
                "The example is not staged here: its sign-ins are refused under these settings."
            )
        week = week_of(at or "week-14")
        if not Method.objects.exists() or Area.objects.filter(is_invented=False).count() == 0:
            call_command("load_reference", stdout=self.stdout)
        now = timezone.now()
        notified_on = _notified_on(timezone.localdate(now), week)
        examples = Inspection.objects.filter(area__code=GLENMARROW["code"])
        running = examples.exclude(
            state__in=["published", "follow_up", "closed", "withdrawn"]
        ).first()
        if found := examples.filter(planned_for=notified_on).first() or (not at and running):
            self.stdout.write(f"The example is staged already. {found.reference}")
            return
        if running:
            raise CommandError(
                f"{running.reference} stands already at another moment, and one area has one inspection at a time. "
                f"For {at}, use another folder: VAR_DIR=var-{at} {sys.executable} manage.py prepare --at {at}"
            )
        self.stdout.write(self._stage(notified_on, now).reference)

    @transaction.atomic
    def _stage(self, notified_on: date, now: datetime) -> Inspection:
        world = begin(notified_on=notified_on, now=now, planned_at=now - timedelta(days=420))
        inspection = tell(world).planned
        if inspection is None:
            raise CommandError("Nothing of the story has happened by today; choose a later moment.")
        return inspection


def _notified_on(today: date, week: int) -> date:
    """The day of notification that makes ``today`` the chosen moment; before notification it lies four weeks ahead."""
    holidays = holiday_weeks(range(today.year - 2, today.year + 4))
    if week == 0:
        return notified_for(today + timedelta(weeks=4), 1, holidays)
    return notified_for(today, week, holidays)


def week_of(at: str) -> int:
    """The counted week that is asked for; 0 is before notification."""
    if at in MOMENTS:
        return MOMENTS[at]
    found = re.fullmatch(r"week-(\d{1,2})", at)
    if found and 1 <= int(found[1]) <= 35:
        return int(found[1])
    raise CommandError(
        f"“{at}” is no moment of an inspection. Choose planned, notified, week-1 to week-35, or published."
    )
