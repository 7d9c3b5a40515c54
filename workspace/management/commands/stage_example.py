"""Build the example: Glenmarrow, an area that does not exist, carried by the real deeds to a chosen moment."""

from __future__ import annotations

import re
from datetime import timedelta
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
            "--at", default="week-14", help="planned, notified, week-1 to week-35, or published"
        )

    def handle(self, *args: Any, at: str, **options: Any) -> None:
        if not settings.EXAMPLE_SIGN_INS:
            raise CommandError(
                "The example is not staged here: its sign-ins are refused under these settings."
            )
        week = _week(at)
        if not Method.objects.exists() or Area.objects.filter(is_invented=False).count() == 0:
            call_command("load_reference", stdout=self.stdout)
        running = Inspection.objects.filter(area__code=GLENMARROW["code"]).exclude(
            state__in=["published", "follow_up", "closed"]
        )
        if found := running.first():
            self.stdout.write(f"The example is staged already. {found.reference}")
            return
        self.stdout.write(self._stage(week).reference)

    @transaction.atomic
    def _stage(self, week: int) -> Inspection:
        now = timezone.now()
        today = timezone.localdate(now)
        holidays = holiday_weeks(range(today.year - 2, today.year + 4))
        if week == 0:
            notified_on = notified_for(today + timedelta(weeks=4), 1, holidays)
        else:
            notified_on = notified_for(today, week, holidays)
        world = begin(notified_on=notified_on, now=now, planned_at=now - timedelta(days=420))
        inspection = tell(world).planned
        if inspection is None:
            raise CommandError("Nothing of the story has happened by today; choose a later moment.")
        return inspection


def _week(at: str) -> int:
    """The counted week that is asked for; 0 is before notification."""
    if at in MOMENTS:
        return MOMENTS[at]
    found = re.fullmatch(r"week-(\d{1,2})", at)
    if found and 1 <= int(found[1]) <= 35:
        return int(found[1])
    raise CommandError(
        f"“{at}” is no moment of an inspection. Choose planned, notified, week-1 to week-35, or published."
    )
