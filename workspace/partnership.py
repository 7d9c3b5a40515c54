"""The partnership's side of an inspection: what is asked, by when, who has it, whom to ask, and what happens next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES, Role
from core.dates import day_in_words, weekday_in_words
from core.pictures.units import UnitGroup
from core.words import counted
from inspections import queries as inspections
from inspections.desk import Deed, Desk
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Membership, Step
from inspections.models.step import PARTNERSHIP_OWNERS
from workspace.work import SOON, day_said, step_url, when, work_of

URGENCY = ("late", "due soon", "later", "received")
LOOKS = {"received": "full", "due soon": "half", "later": "open", "late": "late"}
WRITTEN_BY_MANY = "self_evaluation_due"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the partnership is asked for: its state in words, its date, who has it, where it is done."""

    state: str
    when: str
    tone: str
    title: str
    detail: str
    url: str
    action: str = "Open"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """One line of what happens next."""

    title: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class People:
    """Who the partnership deals with and consists of, from one query."""

    held: list[Membership]

    def in_role(self, *roles: Role) -> list[User]:
        """Those who hold one of these roles, each once, in the order in which they were named."""
        return list({one.person_id: one.person for one in self.held if one.role in roles}.values())

    @property
    def contact(self) -> User | None:
        """Whom the partnership rings: the support officer, else the lead."""
        found = self.in_role(Role.SUPPORT_OFFICER) or self.in_role(Role.INSPECTION_LEAD)
        return found[0] if found else None

    def part_of(self, person: User | None) -> str:
        """What that person is here, in words: whom one asks is named with their part."""
        roles = [one.role for one in self.held if person and one.person_id == person.pk]
        return Role(roles[0]).label if roles else ""

    def asked_by(self, person: User) -> User | None:
        """Whom somebody asks who comes for some days: a volunteer the participation lead, a reader the contact."""
        volunteers = self.in_role(Role.YOUNG_INSPECTION_VOLUNTEER)
        leads = self.in_role(Role.PARTICIPATION_LEAD) if person in volunteers else []
        return leads[0] if leads else self.contact


def people_around(inspection: Inspection) -> People:
    """Everybody whom these pages may name."""
    roles = (
        *PARTNERSHIP_ROLES,
        Role.SUPPORT_OFFICER,
        Role.INSPECTION_LEAD,
        Role.PARTICIPATION_LEAD,
        Role.YOUNG_INSPECTION_VOLUNTEER,
    )
    current = Membership.objects.current().filter(inspection=inspection).in_role(*roles)
    return People(list(current.select_related("person").order_by("named_at", "pk")))


@dataclass(frozen=True, slots=True)
class Side:
    """The partnership's page of one inspection."""

    asked: list[Asked]
    people: People
    next_meeting: Step | None
    happens_next: list[Next]
    extra: list[object]
    today: date

    @property
    def waiting(self) -> list[object]:
        """What is to be sent or done: what only this person can do stands among it, by urgency."""
        return [*self.extra, *(one for one in self.asked if one.state != "received")]

    @property
    def received(self) -> list[Asked]:
        return [one for one in self.asked if one.state == "received"]

    @property
    def late(self) -> list[Asked]:
        return [one for one in self.asked if one.state == "late"]

    @property
    def units(self) -> list[UnitGroup]:
        """The same things counted by state, for the picture."""
        counts = Counter(one.state for one in self.asked)
        return [
            UnitGroup(state, counts[state], look) for state, look in LOOKS.items() if counts[state]
        ]

    @property
    def sentence(self) -> str:
        """``One thing is late; nothing else is due before Wednesday 24 September.``"""
        ahead = [
            one.due
            for one in self.asked
            if one.due and one.state not in ("received", "late") and one.due >= self.today
        ]
        late = counted(len(self.late), "thing is,things are").capitalize() + " late"
        if not ahead:
            return f"{late}." if self.late else "Nothing is due."
        day = f"{min(ahead):%A %-d %B}"
        if min(ahead) == self.today:
            return f"{late}; something is due today." if self.late else "Something is due today."
        if self.late:
            return f"{late}; nothing else is due before {day}."
        return f"Nothing is late; nothing is due before {day}."


def side_of(inspection: Inspection, desk: Desk, deeds: Iterable[Deed]) -> Side:
    """Two queries: the steps and the people. ``deeds`` are this person's own, on this inspection."""
    today = desk.today
    steps = list(inspection.steps.select_related("inspection"))
    people = people_around(inspection)
    own = [deed for deed in deeds if deed.inspection == inspection]
    by_step = {deed.step: deed for deed in own if deed.step}
    asks = [one for one in steps if one.kind == StepKind.DUE and one.owner in PARTNERSHIP_OWNERS]
    asked = [
        _asked(step, by_step.get(step.key), with_whom(step, people, desk.person), desk)
        for step in asks
    ]
    keys = {step.key for step in asks}
    ahead = [one for one in steps if one.state == StepState.UPCOMING and one.starts_on > today]
    return Side(
        sorted(asked, key=lambda one: URGENCY.index(one.state)),
        people,
        next((one for one in ahead if one.kind == StepKind.MEETING), None),
        [_next(one, desk) for one in ahead if one.kind != StepKind.DUE][:3],
        [work_of(deed, today) for deed in own if deed.step not in keys],
        today,
    )


def with_whom(step: Step, people: People, person: User) -> str:
    """``With you.``, ``With Morag Finlas and three contributors.``, ``Nobody has it yet.``"""
    holders = people.in_role(*inspections.OWNER_ROLES.get(step.owner, ()))
    names = ["you" if one.pk == person.pk else one.name for one in holders]
    others = people.in_role(Role.CONTRIBUTOR) if step.key == WRITTEN_BY_MANY else []
    if others and person in others:
        names.append("you")
        others = [one for one in others if one.pk != person.pk]
    if others:
        names.append(counted(len(others), "contributor,contributors"))
    if not names:
        return "Nobody has it yet."
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"With {said}."


def _asked(step: Step, deed: Deed | None, with_them: str, desk: Desk) -> Asked:
    today = desk.today
    due = f"Due {day_said(step.ends_on, step.week)}."
    title = inspections.code_and_title(step.title)[1]
    url = step_url(desk, step.inspection, step.key)
    if step.state != StepState.UPCOMING:
        done = f"Received {day_in_words(step.done_at)}." if step.done_at else "Not needed."
        return Asked("received", "Received", "done", title, done, url, due=step.ends_on)
    words, tone = when(step.ends_on, today)
    state = "later"
    if step.is_late(today):
        state = "late"
    elif step.ends_on - today <= SOON:
        state, tone = "due soon", "attention"
    else:
        tone = "quiet"
    detail = f"{due} {with_them}" + (f" {deed.detail}" if deed else "")
    return Asked(
        state,
        words,
        tone,
        deed.title if deed else title,
        detail,
        deed.url if deed else url,
        deed.action if deed else "Open",
        step.ends_on,
    )


def _next(step: Step, desk: Desk) -> Next:
    week = f" (week {step.week})" if step.week else ""
    if step.starts_on == step.ends_on:
        said = f"on {inspections.span(step.starts_on, step.ends_on)}{week}."
    else:
        said = f"from {step.starts_on:%A %-d %B}{week} to {weekday_in_words(step.ends_on)}."
    title = inspections.code_and_title(step.title)[1]
    return Next(title, said, step_url(desk, step.inspection, step.key))
