"""What waits for whom: the next deeds of one person across all their inspections.

This app owns the question; each app brings its own answers when Django starts (``bring``), as it does with conditions and
rooms. A source is asked once for all inspections together, so that a desk costs the same number of queries whatever
their number. It offers what the person's role and the state allow; the page of the deed asks its rule again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from django.urls import reverse

from accounts.models import User
from accounts.roles import Capability, Role, granted
from inspections.enums import InspectionState
from inspections.models import Inspection, Step


class Weight(IntEnum):
    """What follows when it is left undone, the heaviest first."""

    OTHERS_WAIT = 1
    HAS_A_DATE = 2
    WHEN_YOU_CAN = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that one person can do next, and the page on which they do it.

    A deed of the programme itself has no ``inspection``. ``args`` of its page are the inspection's reference unless it says
    others. ``step`` is the step of the timetable that gives it its date (its last day), and once that is done ``else_step``;
    ``due`` is a date of its own. With
    ``once_late`` it appears only when that day has gone by; with ``on_or_from`` ("On", "From") the date is a day to be there,
    not one to be ready by.
    """

    inspection: Inspection | None
    stem: str
    title: str
    detail: str
    action: str
    page: str
    args: tuple[object, ...] | None = None
    weight: Weight = Weight.HAS_A_DATE
    step: str = ""
    else_step: str = ""
    due: date | None = None
    week: int | None = None
    once_late: bool = False
    on_or_from: str = ""

    @property
    def is_a_day(self) -> bool:
        return bool(self.on_or_from)

    @property
    def url(self) -> str:
        """Where it is done. Resolved when it is shown, since a long list shows only its beginning."""
        args = (self.reference,) if self.args is None else self.args
        return reverse(self.page, args=args)

    @property
    def reference(self) -> str:
        """Of its inspection; nothing for a deed of the programme itself."""
        return self.inspection.reference if self.inspection else ""

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due < today

    def is_now(self, today: date) -> bool:
        """Late, due today, or holding up others."""
        return self.weight == Weight.OTHERS_WAIT or (self.due is not None and self.due <= today)

    def consequence(self, today: date) -> tuple[int, int, date, str]:
        """How the list is ordered: late, due today, what others wait for, then by date, and what has none."""
        if self.due is not None and self.due <= today:
            return (0, 0, self.due, self.reference)
        return (1, self.weight, self.due or date.max, self.reference)


@dataclass(frozen=True, slots=True)
class Desk:
    """With what a source is asked: one person, the inspections they see, and their roles on each today.

    ``closed`` are the numbers of those on whose team they are and that they do not see before they have declared. ``offices``
    are those of the programme, on the desk of everything; the desk of one inspection asks for no more than its deeds.
    """

    person: User
    inspections: Sequence[Inspection]
    roles: Mapping[int, frozenset[Role]]
    today: date
    closed: frozenset[int] = frozenset()
    offices: frozenset[Role] = frozenset()

    def grants_by_office(self, capability: Capability) -> bool:
        """Whether an office of the programme grants it, on whatever inspection or on none."""
        return granted(capability, self.offices)

    def grants(self, capability: Capability, inspection: Inspection) -> bool:
        """Whether one of this person's roles there grants it."""
        return granted(capability, self.roles.get(inspection.pk, ()))

    def where(self, capability: Capability, *states: InspectionState) -> list[Inspection]:
        """Those in one of these states on which a role of this person grants the capability."""
        return [
            one for one in self.inspections if one.state in states and self.grants(capability, one)
        ]

    def any_of(self, *sets: Iterable[Inspection]) -> list[Inspection]:
        """Those in one of these sets, each once, in the order of the desk."""
        pks = {one.pk for found in sets for one in found}
        return [one for one in self.inspections if one.pk in pks]

    def as_role(self, role: Role) -> list[Inspection]:
        """Those on which this person holds just this role."""
        return [one for one in self.inspections if role in self.roles.get(one.pk, ())]


Source = Callable[[Desk], Iterable[Deed]]
_SOURCES: dict[str, Source] = {}


def bring(key: str, source: Source) -> None:
    """Add a source; bringing the same key again replaces it (Django may start twice)."""
    _SOURCES[key] = source


def waiting(desk: Desk) -> list[Deed]:
    """What waits for this person, by consequence."""
    found = [deed for source in _SOURCES.values() for deed in source(desk)]
    dated = _with_dates(found)
    return sorted(
        (deed for deed in dated if deed.is_late(desk.today) or not deed.once_late),
        key=lambda deed: deed.consequence(desk.today),
    )


def _with_dates(deeds: list[Deed]) -> list[Deed]:
    """Each deed that a step dates gets the step's last day: one query for all of them."""
    wanted = {place for deed in deeds if deed.due is None for place in _places(deed)}
    if not wanted:
        return deeds
    rows = Step.objects.open().filter(
        inspection__in={pk for pk, _ in wanted}, key__in={key for _, key in wanted}
    )
    days = {
        (pk, key): (last, week if first == last else None)
        for pk, key, first, last, week in rows.order_by().values_list(
            "inspection_id", "key", "starts_on", "ends_on", "week"
        )
    }
    found = [next((days[one] for one in _places(deed) if one in days), None) for deed in deeds]
    return [_dated(deed, day) for deed, day in zip(deeds, found, strict=True)]


def _places(deed: Deed) -> list[tuple[int, str]]:
    """The steps that may date a deed, the first that is open for a beginning."""
    pk = deed.inspection.pk if deed.inspection else 0
    return [(pk, key) for key in (deed.step, deed.else_step) if key]


def _dated(deed: Deed, found: tuple[date, int | None] | None) -> Deed:
    if deed.due is not None or found is None:
        return deed
    return replace(deed, due=found[0], week=found[1])
