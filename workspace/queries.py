"""What a page needs from several apps at once. Every list here costs the same number of queries whatever its length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from accounts.models import User
from accounts.queries import offices_of
from accounts.roles import GRANTS, PARTNERSHIP_ROLES, Capability, Role
from audit.models import Event
from audit.narrate import narrate
from core.models import Job, JobState
from core.pictures.calendar import Tracker
from core.pictures.units import UnitGroup
from core.workdays import working_days_between
from evaluations.enums import Direction
from evaluations.models import EvidenceItem, Question
from inspections import queries as inspections
from inspections.enums import PHASE_TITLES, PHASE_WORDS, InspectionState, StepKind, StepState
from inspections.models import Inspection, Membership, Method, Step

SOON = timedelta(days=14)


def overview_url(inspection: Inspection) -> str:
    """Where the overview of an inspection is."""
    return reverse("workspace:overview", args=[inspection.reference])


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that needs somebody: when, what, and the one next step."""

    when: str
    tone: str
    title: str
    detail: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One inspection on the home page: where it is, in a picture and a sentence."""

    inspection: Inspection
    tracker: Tracker
    sentence: str


def strips(found: Iterable[Inspection], today: date) -> list[Strip]:
    """The strips of these inspections, from what was fetched with them."""
    return [
        Strip(one, inspections.tracker(one, [], today), inspections.standing(one, today).sentence)
        for one in found
    ]


def roles_by_inspection(person: User) -> dict[int, set[Role]]:
    """The person's roles today on every inspection they work on."""
    found: dict[int, set[Role]] = {}
    for inspection_id, role in (
        Membership.objects.current().filter(person=person).values_list("inspection_id", "role")
    ):
        found.setdefault(inspection_id, set()).add(Role(role))
    return found


def is_partner(roles: dict[int, set[Role]]) -> bool:
    """Whether this person comes for a partnership and nothing else."""
    return bool(roles) and all(held <= PARTNERSHIP_ROLES for held in roles.values())


def _mine(step: Step, roles: dict[int, set[Role]]) -> bool:
    owners = inspections.OWNER_ROLES.get(step.owner, (Role.INSPECTION_LEAD,))
    return bool(roles.get(step.inspection_id, set()) & set(owners))


def _steps_near(person: User, today: date) -> list[Step]:
    return list(
        Step.objects.open()
        .filter(
            inspection__in=Inspection.objects.visible_to(person).running(),
            starts_on__lte=today + SOON,
        )
        .filter(Q(kind=StepKind.DUE) | Q(kind=StepKind.MEETING, starts_on__gte=today))
        .select_related("inspection__area")
        .order_by("ends_on", "order")
    )


def work_of(
    person: User, roles: dict[int, set[Role]], today: date
) -> tuple[list[Work], list[Work]]:
    """What needs this person, by consequence, and what is late: two lists from two queries."""
    steps = _steps_near(person, today)
    late = [_late_work(step, roles, today) for step in steps if step.is_late(today)]
    needs = [
        *_planned_work(person, roles),
        *(
            _due_work(step, today)
            for step in steps
            if not step.is_late(today) and _mine(step, roles)
        ),
    ]
    return needs, late


def _planned_work(person: User, roles: dict[int, set[Role]]) -> list[Work]:
    mine = [
        pk
        for pk, held in roles.items()
        if held & {Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER, Role.DEPUTE}
    ]
    planned = Inspection.objects.filter(pk__in=mine, state=InspectionState.PLANNED).select_related(
        "area"
    )
    return [
        Work(
            f"Planned for {one.planned_for:%-d %B}",
            "plain",
            f"Notify the partnership of {one.area}",
            "Five letters, once team and addressees are named.",
            "Prepare the letters",
            reverse("inspections:notify-partnership", args=[one.reference]),
        )
        for one in planned
    ]


def _due_work(step: Step, today: date) -> Work:
    return Work(
        _when(step.ends_on, today),
        "attention" if (step.ends_on - today).days <= 2 else "plain",
        inspections.code_and_title(step.title)[1],
        f"{step.inspection.area}, {inspections.span(step.starts_on, step.ends_on)}"
        + (f" (week {step.week})." if step.week else "."),
        "Open",
        step_url(step),
    )


def _late_work(step: Step, roles: dict[int, set[Role]], today: date) -> Work:
    days = max(working_days_between(step.ends_on, today), 1)
    return Work(
        f"{days} working day{'' if days == 1 else 's'} late",
        "late",
        inspections.code_and_title(step.title)[1],
        f"{step.inspection.area}. Due {step.ends_on:%A %-d %B}; {'with you' if _mine(step, roles) else f'with the {step.owner}'}.",
        "Open",
        step_url(step),
    )


STEP_PAGES = {
    "self_evaluation_due": "evaluations:self-evaluation",
    "name_coordinators": "inspections:team",
}


def step_url(step: Step) -> str:
    """Where a step is worked on."""
    reference = step.inspection.reference
    page = STEP_PAGES.get(step.key)
    return (
        reverse(page, args=[reference])
        if page
        else reverse("inspections:step", args=[reference, step.key])
    )


def _when(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "Today"
    if days == 1:
        return "Tomorrow"
    return f"By {day:%A}" if days < 7 else f"By {day:%-d %B}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the partnership is asked for: its state in words, its date, where it is done."""

    state: str
    when: str
    tone: str
    title: str
    detail: str
    url: str
    action: str = "Open"


URGENCY = ("late", "due soon", "later", "received")


def asked_of(inspection: Inspection, today: date) -> list[Asked]:
    """Everything the partnership is asked to send or do: what is late first, then by date; what is in comes last."""
    steps = inspection.steps.asked_of_partnership().select_related("inspection")
    return sorted((_asked(step, today) for step in steps), key=lambda one: URGENCY.index(one.state))


def _asked(step: Step, today: date) -> Asked:
    title = inspections.code_and_title(step.title)[1]
    week = f" (week {step.week})" if step.week else ""
    detail = f"Due {inspections.span(step.ends_on, step.ends_on)}{week}."
    if step.state == StepState.DONE:
        return Asked("received", "Received", "done", title, detail, step_url(step))
    if step.is_late(today):
        days = max(working_days_between(step.ends_on, today), 1)
        return Asked(
            "late",
            f"{days} working day{'' if days == 1 else 's'} late",
            "late",
            title,
            detail,
            step_url(step),
        )
    if step.ends_on - today <= SOON:
        return Asked(
            "due soon", _when(step.ends_on, today), "attention", title, detail, step_url(step)
        )
    return Asked("later", "Later", "quiet", title, detail, step_url(step))


LOOKS = {"received": "full", "due soon": "half", "later": "open", "late": "late"}


def units_of(asked: list[Asked]) -> list[UnitGroup]:
    """The same things counted by state, for the picture."""
    counts = Counter(one.state for one in asked)
    return [UnitGroup(state, counts[state], look) for state, look in LOOKS.items() if counts[state]]


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


def last_events(references: Iterable[str], *, count: int = 5) -> list[dict[str, object]]:
    """The last things done on these inspections, as sentences."""
    events = Event.objects.filter(inspection_reference__in=list(references)).newest_first()[:count]
    return [
        {"sentence": narrate(event), "at": event.at, "reference": event.inspection_reference}
        for event in events
    ]


LOG_READERS = frozenset(role for role in Role if Capability.SEE_LOG in GRANTS[role])


def logs_read_by(
    person: User, found: Iterable[Inspection], roles: dict[int, set[Role]]
) -> list[str]:
    """The references of those inspections whose log this person reads."""
    offices = offices_of(person)
    return [one.reference for one in found if (offices | roles.get(one.pk, set())) & LOG_READERS]


def leads(roles: dict[int, set[Role]], inspection: Inspection) -> bool:
    """Whether the gate of this inspection is this person's business."""
    return bool(
        roles.get(inspection.pk, set()) & {Role.INSPECTION_LEAD, Role.DEPUTE, Role.SUPPORT_OFFICER}
    )


@dataclass(frozen=True, slots=True)
class Sureness:
    """What the evidence says of one question: how much each way, and whether it stands on one kind of source."""

    number: int
    text: str
    groups: list[UnitGroup]
    strengths: int
    weaknesses: int
    neutral: int
    kinds: int

    @property
    def number_text(self) -> str:
        return str(self.number)

    @property
    def standing(self) -> str:
        """In words, since a number alone would mislead."""
        if not self.kinds:
            return "No evidence yet"
        return "Thin: one kind of source" if self.kinds == 1 else f"{self.kinds} kinds of source"


def how_sure(inspection: Inspection) -> list[Sureness]:
    """One row a question, from two queries."""
    counts: dict[int, Counter[str]] = {}
    kinds: dict[int, set[str]] = {}
    rows = EvidenceItem.objects.filter(inspection=inspection).values_list(
        "questions__number", "direction", "source_type"
    )
    for number, direction, kind in rows:
        counts.setdefault(number, Counter())[direction] += 1
        kinds.setdefault(number, set()).add(kind)
    key = inspection.framework_key or inspection.method.framework_key
    questions = Question.objects.filter(framework__key=key).order_by("number")
    return [
        _sureness(one, counts.get(one.number, Counter()), kinds.get(one.number, set()))
        for one in questions
    ]


def _sureness(question: Question, found: Counter[str], kinds: set[str]) -> Sureness:
    strengths, weaknesses = found[Direction.STRENGTH], found[Direction.WEAKNESS]
    neutral = found[Direction.NEUTRAL]
    groups = [
        UnitGroup("strengths", strengths, "full"),
        UnitGroup("weaknesses", weaknesses, "cross"),
        UnitGroup("neutral", neutral, "open"),
    ]
    return Sureness(
        question.number, question.text, groups, strengths, weaknesses, neutral, len(kinds)
    )


def newest_method() -> Method | None:
    """The method that new inspections run by."""
    return Method.objects.order_by("key").last()


def method_by_phase() -> list[dict[str, object]]:
    """The newest method's steps, phase by phase, for everybody to read."""
    method = newest_method()
    steps = list(method.steps.all()) if method else []
    return [
        {"title": f"{title}: {PHASE_WORDS[key]}" if key != "after" else title, "steps": found}
        for key, title in PHASE_TITLES.items()
        if (found := [step for step in steps if step.phase == key])
    ]


@dataclass(frozen=True, slots=True)
class Health:
    """How the ledger of work stands. ``oldest_seconds`` is how long the oldest job that is due has waited."""

    waiting: int
    failed: int
    oldest_seconds: int

    @property
    def is_well(self) -> bool:
        """Nothing that is due has waited longer than ten minutes."""
        return self.oldest_seconds < 600

    def as_dict(self) -> dict[str, object]:
        """For a machine to read."""
        return {
            "well": self.is_well,
            "jobs_waiting": self.waiting,
            "jobs_failed": self.failed,
            "oldest_waiting_seconds": self.oldest_seconds,
        }


def health(now: datetime) -> Health:
    """One query that also proves that the database answers."""
    due = Q(state=JobState.QUEUED, due_at__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=due),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("due_at", filter=due),
    )
    oldest = int((now - found["oldest"]).total_seconds()) if found["oldest"] else 0
    return Health(found["waiting"], found["failed"], oldest)
