"""What needs one person today, across their inspections: their next deeds and due dates by consequence, and what is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from accounts.queries import offices_of
from accounts.roles import PARTNERSHIP_ROLES, Capability, Role
from core.dates import day_in_words, weekday_in_words
from core.pictures.calendar import Tracker
from core.words import counted
from core.words import number as in_words
from core.workdays import working_days_between
from inspections import desk
from inspections import queries as inspections
from inspections.deeds import TAKES_PART
from inspections.desk import Deed, Desk, Weight
from inspections.enums import InspectionState, StepKind
from inspections.gates import Finding
from inspections.models import Inspection, Membership, Step, opens_to
from inspections.permissions import roles_of

SOON = timedelta(days=14)
ENDED = (InspectionState.PUBLISHED, InspectionState.FOLLOW_UP, InspectionState.CLOSED)


# ---------- Who is asking ----------


def desk_of(person: User, today: date) -> Desk:
    """Everything this person sees, newest first, and what they are on each: three queries."""
    held: dict[int, set[Role]] = {}
    closed: set[int] = set()
    is_open = ExpressionWrapper(opens_to(person), output_field=BooleanField())
    plays = Exists(Membership.objects.played_by(person, today).filter(pk=OuterRef("pk")))
    rows = Membership.objects.named_to(person, today).annotate(is_open=is_open, plays=plays)
    for inspection_id, role, is_open, is_played in rows.order_by().values_list(
        "inspection_id", "role", "is_open", "plays"
    ):
        if not is_open:
            closed.add(inspection_id)
        elif is_played:
            held.setdefault(inspection_id, set()).add(Role(role))
    offices = offices_of(person)
    seen = list(
        Inspection.objects.visible_to(person)
        .exclude(state=InspectionState.WITHDRAWN)
        .select_related("area", "method")
    )
    roles = {one.pk: offices | frozenset(held.get(one.pk, ())) for one in seen}
    return Desk(person, seen, roles, today, frozenset(closed), offices)


def desk_for(person: User, inspection: Inspection, today: date) -> Desk:
    """The same of one inspection alone."""
    return Desk(person, [inspection], {inspection.pk: roles_of(person, inspection)}, today)


def is_partner(found: Desk) -> bool:
    """Whether this person comes for a partnership and nothing else."""
    return bool(found.inspections) and all(
        held and held <= PARTNERSHIP_ROLES for held in found.roles.values()
    )


def comes_for_days(found: Desk) -> bool:
    """Whether this person comes for some days only, and reads nothing but their own part."""
    return bool(found.inspections) and all(
        held and held <= set(TAKES_PART) for held in found.roles.values()
    )


def led(found: Desk) -> Inspection | None:
    """Of the inspections whose gate is this person's business, the one that is furthest on its way."""
    steers = {Role.INSPECTION_LEAD, Role.DEPUTE, Role.SUPPORT_OFFICER}
    mine = [
        one
        for one in found.inspections
        if found.roles[one.pk] & steers and one.state != InspectionState.CLOSED
    ]
    order = list(InspectionState)
    on_its_way = [one for one in mine if one.state not in (InspectionState.PLANNED, *ENDED)]
    furthest = sorted(on_its_way, key=lambda one: order.index(InspectionState(one.state)))
    return next(reversed(furthest), mine[0] if mine else None)


# ---------- The strips ----------


@dataclass(frozen=True, slots=True)
class Strip:
    """One inspection on the home page: where it is, in a picture and a sentence."""

    inspection: Inspection
    tracker: Tracker
    sentence: str
    detail: str


def strips(found: Iterable[Inspection], today: date) -> list[Strip]:
    """The strips of these inspections, from what was fetched with them."""
    return [
        Strip(
            one,
            inspections.tracker(one, [], today),
            inspections.standing(one, today).sentence,
            f"Week 1 began on {day_in_words(one.notified_on)}."
            if one.notified_on
            else f"Planned for {day_in_words(one.planned_for)}.",
        )
        for one in found
    ]


# ---------- The list ----------


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that needs somebody: when, what, and the one next step."""

    when: str
    tone: str
    title: str
    detail: str
    action: str
    url: str


class _Near(NamedTuple):
    """A due date or a meeting of the timetable that is near or gone by."""

    inspection_id: int
    key: str
    title: str
    kind: str
    owner: str
    week: int | None
    starts_on: date
    ends_on: date

    def is_late(self, today: date) -> bool:
        return self.kind == StepKind.DUE and self.ends_on < today


class _Item(NamedTuple):
    """One line of the list before it is written out: only what is shown is."""

    consequence: tuple[int, int, date, str]
    is_now: bool
    is_late: bool
    write: Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Workload:
    """What needs somebody and what is late with others: the first of each, and how many there are."""

    needs: list[Work]
    late: list[Work]
    needs_count: int
    late_count: int
    now_count: int
    own_late_count: int
    next_day: date | None = None
    for_days: bool = False

    @property
    def sentence(self) -> str:
        """``Five things, one of them now. One thing is late.``"""
        late = self.late_count + self.own_late_count
        if self.for_days:
            day = self.next_day
            return (
                f"The next one is {weekday_in_words(day)}."
                if day
                else "No day is planned for you now."
            )
        if not self.needs_count:
            said = "Nothing needs you today."
        elif self.needs_count == 1:
            said = "One thing, now." if self.now_count else "One thing."
        else:
            now = f", {in_words(self.now_count)} of them now" if self.now_count else ""
            said = f"{counted(self.needs_count, 'thing,things').capitalize()}{now}."
        return f"{said} {counted(late, 'thing is,things are').capitalize()} late." if late else said


def workload(
    found: Desk, *, gate_of: Inspection | None, gate: list[Finding], shown: int
) -> Workload:
    """Two lists by consequence, from as many queries for one inspection as for a hundred. ``shown`` of each are written."""
    deeds = [*desk.waiting(found), *_moving_on(found, gate_of, gate)]
    if any(deed.stem == "open_next_phase" and not deed.once_late for deed in deeds):
        deeds = [deed for deed in deeds if not (deed.once_late and deed.inspection == gate_of)]
    covered = {(deed.inspection.pk, deed.step) for deed in deeds if deed.inspection and deed.step}
    here = {one.pk: one for one in found.inspections}
    near = [one for one in _near(found) if (one.inspection_id, one.key) not in covered]
    mine = [_item_of_deed(deed, found.today) for deed in deeds]
    others: list[_Item] = []
    chases = _chases(found)
    for step in near:
        inspection = here[step.inspection_id]
        if found.roles[inspection.pk] & _owners(step.owner):
            mine.append(_item_of_step(step, inspection, found))
        elif step.is_late(found.today) and inspection.pk in chases:
            others.append(_item_of_step(step, inspection, found))
    mine.sort(key=lambda item: item.consequence)
    others.sort(key=lambda item: item.consequence)
    return Workload(
        [item.write() for item in mine[:shown]],
        [item.write() for item in others[:shown]],
        len(mine),
        len(others),
        sum(item.is_now for item in mine),
        sum(item.is_late for item in mine),
        next_day=min((deed.due for deed in deeds if deed.is_a_day and deed.due), default=None),
        for_days=comes_for_days(found),
    )


def _near(found: Desk) -> list[_Near]:
    """What is near or late on the inspections that are under way: one query, of bare values."""
    running = [
        one.pk for one in found.inspections if one.state not in (InspectionState.PLANNED, *ENDED)
    ]
    if not running:
        return []
    soon = found.today + SOON
    steps = Step.objects.open().filter(inspection__in=running, starts_on__lte=soon)
    steps = steps.filter(
        Q(kind=StepKind.DUE) | Q(kind=StepKind.MEETING, starts_on__gte=found.today)
    )
    rows = steps.order_by("ends_on", "order").values_list(*_Near._fields)
    return [_Near(*row) for row in rows]


@lru_cache
def _owners(owner: str) -> frozenset[Role]:
    """Whose move a step is, by the words of its owner. The panel's chair sees the panel's day, too."""
    roles = inspections.OWNER_ROLES.get(owner, (Role.INSPECTION_LEAD,))
    return frozenset((*roles, Role.PANEL_CHAIR) if owner == "panel chair" else roles)


def _chases(found: Desk) -> set[int]:
    """The inspections on which what others owe is this person's business."""
    states = tuple(InspectionState)
    asks = (Capability.COMPLETE_STEP, Capability.SEE_LOG, Capability.PLAN_INSPECTION)
    return {one.pk for ask in asks for one in found.where(ask, *states)}


def _moving_on(found: Desk, gate_of: Inspection | None, gate: list[Finding]) -> list[Deed]:
    """The gate is open: whoever may, moves on."""
    if gate_of is None or gate or "open_next_phase" not in gate_of.stand.moves:
        return []
    state = InspectionState(gate_of.state)
    if gate_of not in found.where(Capability.OPEN_NEXT_PHASE, state):
        return []
    target = InspectionState(gate_of.stand.moves["open_next_phase"]).label.lower()
    return [
        Deed(
            gate_of,
            "open_next_phase",
            f"Move {gate_of.area.name} on to {target}",
            "Everything that the gate asks for is there.",
            "Move on",
            "inspections:open-next-phase",
            weight=Weight.OTHERS_WAIT,
        )
    ]


# ---------- Writing a line out ----------


def _item_of_deed(deed: Deed, today: date) -> _Item:
    return _Item(
        deed.consequence(today),
        deed.is_now(today),
        deed.is_late(today) and not deed.is_a_day,
        lambda: work_of(deed, today),
    )


def work_of(deed: Deed, today: date) -> Work:
    """A deed as a line of the list."""
    when, tone = _tag(deed, today)
    due = "" if deed.due is None or deed.is_a_day else f" Due {day_said(deed.due, deed.week)}."
    return Work(when, tone, deed.title, f"{deed.detail}{due}", deed.action, deed.url)


def _tag(deed: Deed, today: date) -> tuple[str, str]:
    if deed.due is not None and deed.due <= today:
        return when(deed.due, today, word=deed.on_or_from or "By")
    if deed.weight == Weight.OTHERS_WAIT:
        return "Others wait", "attention"
    if deed.due is not None:
        return when(deed.due, today, word=deed.on_or_from or "By")
    return "When you can", "quiet"


def _item_of_step(step: _Near, inspection: Inspection, found: Desk) -> _Item:
    today = found.today
    last = step.ends_on
    past = last <= today
    consequence = (
        (0, 0, last, inspection.reference)
        if past
        else (1, int(Weight.HAS_A_DATE), last, inspection.reference)
    )
    return _Item(consequence, past, step.is_late(today), lambda: _written(step, inspection, found))


def _written(step: _Near, inspection: Inspection, found: Desk) -> Work:
    is_meeting = step.kind == StepKind.MEETING
    words, tone = when(step.ends_on, found.today, word="On" if is_meeting else "By")
    said = day_said(step.ends_on, step.week)
    detail = (
        f"{inspection.area.name}, {said}."
        if is_meeting
        else f"{inspection.area.name}. Due {said}; with the {step.owner}."
    )
    title = inspections.code_and_title(step.title)[1]
    action = "See the meeting" if is_meeting else "Open"
    return Work(words, tone, title, detail, action, step_url(found, inspection, step.key))


# A step with a room of its own, for those who may enter it.
STEP_PAGES = {
    "self_evaluation_due": ("evaluations:self-evaluation", Capability.SEE_SELF_EVALUATION),
    "name_coordinators": ("inspections:team", Capability.SEE_INSPECTION),
}


def step_url(found: Desk, inspection: Inspection, key: str) -> str:
    """Where a step is worked on by this person."""
    page, capability = STEP_PAGES.get(key, ("", Capability.SEE_INSPECTION))
    if page and found.grants(capability, inspection):
        return reverse(page, args=[inspection.reference])
    return reverse("inspections:step", args=[inspection.reference, key])


def day_said(day: date, week: int | None) -> str:
    """``Friday 31 October 2025 (week 8)``."""
    return f"{inspections.span(day, day)}{f' (week {week})' if week else ''}"


def when(day: date, today: date, *, word: str = "By") -> tuple[str, str]:
    """The words of a tag and their tone: how late, today, tomorrow, by a weekday, by a date; ``On`` or ``From`` for a day itself."""
    days = (day - today).days
    if days < 0:
        late = max(working_days_between(day, today), 1)
        return f"{late:,} working day{'' if late == 1 else 's'} late", "late"
    if days < 2:
        return ("Today", "Tomorrow")[days], "attention"
    near = "attention" if days == 2 else "plain"
    return (f"{word} {day:%A}" if days < 7 else f"{word} {day:%-d %B}"), near


def coming_up(found: Iterable[Inspection], today: date, *, count: int = 5) -> list[Step]:
    """The next meetings, due dates and on-site blocks of these inspections."""
    return list(
        Step.objects.open()
        .filter(
            inspection__in=[one.pk for one in found],
            starts_on__gte=today,
            kind__in=[StepKind.MEETING, StepKind.DUE, StepKind.ONSITE],
        )
        .select_related("inspection__area")
        .order_by("starts_on", "order")[:count]
    )
