"""``manage.py timetable``: the timetable of an inspection at the terminal, before there is an inspection.

Without ``--area`` it needs no database: the method is read from the data files.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core.tables import BadRow
from core.workdays import public_holidays
from inspections.actions.reference_files import REFERENCE, read_areas, read_school_holidays
from inspections.timetable import Entry, Method, TimetableRefused, draw_timetable, read_method


class Command(BaseCommand):
    help = "Print the timetable of an inspection: every milestone, due date, window, meeting and on-site day."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--notified", required=True, metavar="DATE", help="day of notification, like 2025-09-01"
        )
        parser.add_argument(
            "--holiday-week",
            action="append",
            default=[],
            metavar="DATE",
            help="any day of a holiday week; repeatable",
        )
        parser.add_argument(
            "--closed",
            action="append",
            default=[],
            metavar="DATE",
            help="a local day without work; repeatable",
        )
        parser.add_argument(
            "--area", metavar="CODE", help="add this area's stored school holidays, like S12000023"
        )
        parser.add_argument(
            "--method", default="2018", metavar="KEY", help="version of the method (2018)"
        )
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        notified_on = _date(options["notified"], "--notified")
        holidays = {_date(text, "--holiday-week"): "" for text in options["holiday_week"]}
        stored = _stored_holidays(options["area"]) if options["area"] else {}
        holidays |= stored
        try:
            last = max(
                [notified_on, *holidays]
            )  # a long run of holiday weeks moves the end by years
            closed = public_holidays(range(notified_on.year, last.year + 4))
            closed |= {_date(text, "--closed"): "closed locally" for text in options["closed"]}
            entries = draw_timetable(_method(options["method"]), notified_on, holidays, closed)
        except (TimetableRefused, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        if options["area"] and (warning := _what_is_not_known(options["area"], stored, entries)):
            self.stderr.write(warning)
        self.stdout.write(_as_json(entries) if options["format"] == "json" else _as_table(entries))


def _date(text: str, option: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(
            f"{option}: “{text}” is not a date; write it like 2025-09-01."
        ) from problem
    if not 2000 <= day.year <= 2095:
        raise CommandError(f"{option}: the year {day.year} is not between 2000 and 2095.")
    return day


def _method(key: str) -> Method:
    known = {
        path.stem.removeprefix("method_"): path for path in sorted(REFERENCE.glob("method_*.csv"))
    }
    if key not in known:
        raise CommandError(f"There is no method “{key}”; there is {', '.join(known)}.")
    try:
        return read_method(REFERENCE, key)
    except BadRow as problem:
        raise CommandError(str(problem)) from problem


def _stored_holidays(code: str) -> dict[date, str]:
    """The area's school-holiday weeks: those in the database where it has some, otherwise those of the data files."""
    try:
        areas = {row["gss_code"]: row for row in read_areas()}
        stored = read_school_holidays()
    except BadRow as problem:
        raise CommandError(str(problem)) from problem
    current = {row["former_gss_code"]: now for now, row in areas.items() if row["former_gss_code"]}
    code = current.get(code, code)
    known, weeks = _from_database(code)
    if code not in areas and not known:
        raise CommandError(
            f"There is no area “{code}”; an area's code is like S12000023 (Orkney Islands)."
        )
    return weeks or {week.monday: week.name for week in stored if week.gss_code == code}


def _from_database(code: str) -> tuple[bool, dict[date, str]]:
    """Whether the database knows the area, and its weeks; (False, {}) where there is no database to ask."""
    area, week = (
        apps.get_model("inspections", "Area"),
        apps.get_model("inspections", "SchoolHolidayWeek"),
    )
    try:
        known = area.objects.filter(code=code).exists()
        return known, dict(week.objects.filter(area__code=code).values_list("monday", "name"))
    except (DatabaseError, ImproperlyConfigured):
        return False, {}


def _what_is_not_known(area: str, stored: dict[date, str], entries: list[Entry]) -> str:
    """A warning where the stored school holidays stop before the end: a calendar that is known has a summer in it."""
    if not stored:
        return f"No school-holiday weeks are stored for {area}; none are left out."
    end = max(entry.ends_on for entry in entries if entry.phase != "after")
    if max(stored) > end:
        return ""
    return (
        f"The stored school holidays of {area} stop with the week of {max(stored).isoformat()}, before "
        f"{end.isoformat()}, the end of this timetable; later ones are not left out."
    )


def _as_json(entries: list[Entry]) -> str:
    return json.dumps([entry.as_json() for entry in entries], ensure_ascii=False, indent=2)


def _as_table(entries: list[Entry]) -> str:
    lines = [f"{'phase':5}  {'week':>4}  {'kind':9}  {'from':14}  {'to':14}  step"]
    for entry in entries:
        until = f"{entry.ends_on:%a} {entry.ends_on}" if entry.ends_on != entry.starts_on else ""
        week = "" if entry.week is None else str(entry.week)
        place = f"{entry.phase!s:5}  {week:>4}  {entry.kind:9}  {entry.starts_on:%a} {entry.starts_on}  {until:14}"
        lines.append(f"{place}  {entry.title}")
        if entry.note:
            lines.append(f"{'':57}{entry.note}")
    return "\n".join(lines)
