"""Reference data of this app: areas, the method, school holidays. Loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from accounts.enums import INSPECTORATES, AgencyKind
from accounts.models import Agency, User
from audit.record import record
from core.dates import day_in_words
from core.tables import BadRow, Row
from core.verdicts import refuse
from inspections import permissions, queries, rules, timetable
from inspections.actions.reference_files import (
    AREA_FIELDS,
    REFERENCE,
    read_areas,
    read_school_holidays,
)
from inspections.models import Area, Method, MethodPhase, MethodStep, SchoolHolidayWeek
from inspections.school_holidays import HolidayWeek

# Councils that are not called by the name of their area (`inspections/reference/README.md`).
COUNCILS = {"Na h-Eileanan Siar": "Comhairle nan Eilean Siar"}


@transaction.atomic
def load_areas(path: Path = REFERENCE / "areas.csv") -> int:
    """The 32 areas with board, police division and agencies (R2), and the four inspectorates.

    Raises BadRow when one is wrong or missing.
    """
    rows = read_areas(path)
    for row in rows:
        area = _known_area(row) or Area()
        is_new = area.pk is None
        for column, field in AREA_FIELDS.items():
            setattr(area, field, row[column])
        area.save()
        if (
            is_new or not area.agencies.exists()
        ):  # afterwards people say which agencies belong to it
            area.agencies.add(*_agencies_of(row))
    for kind in INSPECTORATES:
        Agency.objects.get_or_create(name=kind.label, defaults={"kind": kind})
    return len(rows)


def _known_area(row: Row) -> Area | None:
    """The area of this row as it is stored, by its code or by the one it had before."""
    codes = [code for code in (row["gss_code"], row["former_gss_code"]) if code]
    other = Area.objects.filter(name=row["council_area"]).exclude(code__in=codes).first()
    if other:
        raise row.refuse(f"{other.name} has the code {other.code}, not {row['gss_code']}.")
    return Area.objects.filter(code__in=codes).first()


def _agencies_of(row: Row) -> list[Agency]:
    """Who works together in this area: a board, a division and the Reporter serve several areas and are kept once."""
    area = row["council_area"]
    names = {
        AgencyKind.COUNCIL: COUNCILS.get(area, f"{area} Council"),
        AgencyKind.HEALTH_BOARD: f"NHS {row['nhs_board']}",
        AgencyKind.POLICE: f"Police Scotland, {row['police_division']} Division",
        AgencyKind.REPORTER: "Scottish Children's Reporter Administration",
        AgencyKind.THIRD_SECTOR: f"Third sector in {area}",
    }
    return [
        Agency.objects.filter(came_as=name).first()  # renamed by people since
        or Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        for kind, name in names.items()
    ]


@transaction.atomic
def load_method(
    key: str = "2018", path: Path | None = None, *, phases_path: Path | None = None
) -> int:
    """One version of the method: its weeks, its phases and its steps; the number of its steps. Raises BadRow.

    A version that an inspection runs by is not changed: a difference is refused (R5).
    """
    path, phases_path = (
        path or REFERENCE / f"method_{key}.csv",
        phases_path or REFERENCE / f"phases_{key}.csv",
    )
    about = timetable.method_row(REFERENCE / "methods.csv", key)
    phases = timetable.read_phases(phases_path, about)
    rows = timetable.read_steps(path, about)
    timetable.parse_method(rows, phases=phases, key=key)
    terms = {name: about[name] for name in ("title", "framework_key")} | {
        "weeks": int(about["weeks"])
    }
    method, _ = Method.objects.get_or_create(key=key, defaults=terms)
    steps = [_method_step(method, order, row) for order, row in enumerate(rows)]
    if (
        all(getattr(method, name) == value for name, value in terms.items())
        and queries.phases_of(method) == phases
        and _as_data(method.steps.all()) == _as_data(steps)
    ):
        return len(steps)
    if method.inspections.exists():
        raise BadRow(
            path.name,
            1,
            f"Method {key} is in use and does not change. Give the new method a new key.",
        )
    Method.objects.filter(pk=method.pk).update(**terms)
    method.phases.all().delete()
    MethodPhase.objects.bulk_create(
        MethodPhase(method=method, number=number, first_week=first, last_week=last)
        for number, (first, last) in phases.items()
    )
    method.steps.all().delete()
    MethodStep.objects.bulk_create(steps)
    return len(steps)


def _method_step(method: Method, order: int, row: Row) -> MethodStep:
    return MethodStep(
        method=method,
        order=order,
        key=row["key"],
        phase=row["phase"],
        kind=row["kind"],
        week=int(row["week"]) if row["week"] else None,
        weekday=row["weekday"],
        until_week=int(row["until_week"]) if row["until_week"] else None,
        until_weekday=row["until_weekday"],
        after=row.get("after", ""),
        title=row["title"],
        owner=row["owner"],
        with_whom=row["with"],
        basis=row["basis"],
    )


def _as_data(steps: Iterable[MethodStep]) -> list[tuple[object, ...]]:
    names = [field.name for field in MethodStep._meta.fields if field.name not in ("id", "method")]
    return [tuple(getattr(step, name) for name in names) for step in steps]


@transaction.atomic
def load_school_holidays(path: Path = REFERENCE / "school_holidays.csv") -> int:
    """The school-holiday weeks that come with the product, each with its source. What people added stays."""
    areas = {area.code: area for area in Area.objects.all()}
    weeks = read_school_holidays(path)
    for week in weeks:
        SchoolHolidayWeek.objects.get_or_create(
            area=areas[week.gss_code],
            monday=week.monday,
            defaults={"name": week.name, "source": week.source},
        )
    return len(weeks)


@transaction.atomic
def import_school_holidays(
    area: Area, *, weeks: list[HolidayWeek], source: str, by: User, at: datetime
) -> list[SchoolHolidayWeek]:
    """These weeks are added to the area's; weeks it has already are left as they are. Nothing new leaves no event."""
    permissions.can_edit_reference_data(by).enforce()
    area = Area.objects.select_for_update().get(pk=area.pk)
    known = set(area.school_holiday_weeks.values_list("monday", flat=True))
    fresh = {week.monday: week for week in weeks if week.monday not in known}
    made = SchoolHolidayWeek.objects.bulk_create(
        SchoolHolidayWeek(area=area, monday=week.monday, name=week.name[:80], source=source[:200])
        for week in fresh.values()
    )
    if not made:
        return made
    record(
        "inspections.school_holidays_imported",
        by=by,
        at=at,
        subject=area,
        weeks="1 school-holiday week" if len(made) == 1 else f"{len(made)} school-holiday weeks",
        area=area.name,
    )
    return made


@transaction.atomic
def add_school_holiday_week(
    area: Area, *, day: date, name: str, by: User, at: datetime
) -> SchoolHolidayWeek:
    """The week of this day takes no number in the area (R6): plans follow; notified inspections keep their weeks and dates (R5)."""
    area = Area.objects.select_for_update().get(pk=area.pk)
    monday = timetable.monday_of(day)
    permissions.can_add_school_holiday_week(by).enforce()
    rules.may_add_school_holiday_week(area, monday=monday).enforce()
    week = SchoolHolidayWeek.objects.create(
        area=area, monday=monday, name=name, source="added by hand"
    )
    record(
        "inspections.school_holiday_week_added",
        by=by,
        at=at,
        subject=week,
        monday=day_in_words(monday),
        area=area.name,
    )
    return week


@transaction.atomic
def remove_school_holiday_week(week: SchoolHolidayWeek, *, by: User, at: datetime) -> None:
    """The week counts again in the area: plans follow; notified inspections keep their weeks and dates (R5)."""
    permissions.can_edit_reference_data(by).enforce()
    Area.objects.select_for_update().get(pk=week.area_id)  # of two clicks the second finds it gone
    if not SchoolHolidayWeek.objects.filter(pk=week.pk).exists():
        refuse("This week was removed already.").enforce()
    record(
        "inspections.school_holiday_week_removed",
        by=by,
        at=at,
        subject=week,
        monday=day_in_words(week.monday),
        area=week.area.name,
    )
    week.delete()
