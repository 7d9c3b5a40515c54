"""What the story of the example carries along: its area, its people, its inspection and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.actions.accounts import open_account
from accounts.models import Agency, Office, User
from inspections import timetable
from inspections.models import Area, Inspection, Method, SchoolHolidayWeek
from workspace.example import cast
from workspace.example.calendar import holiday_weeks

GLENMARROW = {
    "code": "S12999901",
    "name": "Glenmarrow",
    "nhs_board": "Glenmarrow",
    "nhs_board_code": "S08999901",
    "police_division_letter": "Z",
    "police_division": "Glenmarrow",
    "is_invented": True,
}


@dataclass
class World:
    """The example so far. ``notified_on`` is its first day; ``now`` is as far as the story may go."""

    notified_on: date
    now: datetime
    area: Area
    people: dict[str, User]
    planned: Inspection | None = None

    @property
    def inspection(self) -> Inspection:
        """The inspection, once it is planned; LookupError before."""
        if self.planned is None:
            raise LookupError("Nothing is planned that early in the story.")
        return self.planned

    def day(self, week: int, weekday: int) -> date:
        """The date of a weekday (0 is Monday) in a counted week; week 0 and less lie before notification.

        Nothing of week 1 happens before notification, which waits for a working day.
        """
        if week < 1:
            return timetable.monday_of(self.notified_on) + timedelta(weeks=week - 1, days=weekday)
        holidays = self._holidays()
        return max(timetable.Weeks(self.notified_on, holidays).day(week, weekday), self.notified_on)

    def _holidays(self) -> list[date]:
        """Those of the area until notification, the inspection's own from then on."""
        if self.planned and self.planned.notified_on:
            return [week.begins_on for week in self.planned.holiday_weeks.all()]
        return [week.monday for week in self.area.school_holiday_weeks.all()]

    def moment(self, week: int, weekday: int, hour: int) -> datetime:
        """An hour of such a day, in Scotland."""
        return timezone.make_aware(datetime.combine(self.day(week, weekday), time(hour)))


def invented_area(today: date) -> Area:
    """Glenmarrow with its agencies and school holidays, made once."""
    area, _ = Area.objects.get_or_create(code=GLENMARROW["code"], defaults=GLENMARROW)
    area.agencies.add(*(one for one in _agencies().values() if not one.is_inspectorate))
    weeks = holiday_weeks(range(today.year - 2, today.year + 4))
    known = set(area.school_holiday_weeks.values_list("monday", flat=True))
    SchoolHolidayWeek.objects.bulk_create(
        SchoolHolidayWeek(area=area, monday=monday, name=name, source="invented for the example")
        for monday, name in weeks.items()
        if monday not in known
    )
    return area


def invented_people(at: datetime) -> dict[str, User]:
    """The whole cast with their accounts and offices; those who exist already are left as they are."""
    agencies = _agencies()
    return {person.key: _person(person, agencies[person.agency], at) for person in cast.EVERYBODY}


def _agencies() -> dict[str, Agency]:
    return {
        key: Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        for key, (name, kind) in cast.AGENCIES.items()
    }


def _person(person: cast.Person, agency: Agency, at: datetime) -> User:
    user = User.objects.filter(email=person.email).first() or open_account(
        email=person.email,
        name=person.name,
        designation=person.designation,
        agency=agency,
        password=cast.PASSWORD,
        at=at,
        example=True,
    )
    if not user.telephone:
        user.telephone = "01632 960 0" + f"{user.pk % 100:02d}"
        user.save(update_fields=["telephone"])
    if person in cast.OFFICES:
        Office.objects.get_or_create(person=user, role=person.role)
    return user


def begin(*, notified_on: date, now: datetime, planned_at: datetime) -> World:
    """The world before anything has happened: area, people, method."""
    area = invented_area(notified_on)
    return World(notified_on=notified_on, now=now, area=area, people=invented_people(planned_at))


def method() -> Method:
    """The method by which the example runs: 35 counted weeks."""
    return Method.objects.get(key="2018")
