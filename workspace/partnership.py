"""The partnership's side of an inspection: what is asked, by when, who has it, whom to ask, and what happens next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES, Capability, Role, granted
from core.dates import day_in_words, weekday_in_words
from core.pictures.units import UnitGroup
from core.words import counted
from inspections import queries as inspections
from inspections.desk import Deed, Desk, Weight
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Membership, Step
from inspections.models.step import PARTNERSHIP_OWNERS
from workspace.work import SOON, day_said, step_url, when, work_of

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
    others_wait: bool = False  # with no date of its own, while somebody is held up
    is_own: bool = True  # of whoever looks: by their role, or because it is theirs to do next


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
    def of_partnership(self) -> list[User]:
        """Those who take part for the partnership."""
        return self.in_role(*PARTNERSHIP_ROLES)

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
    meeting_page: str
    happens_next: list[Next]
    extra: list[Asked]
    today: date

    @property
    def has_part(self) -> bool:
        """Whether anything is asked of this person themselves, and not of others of the partnership alone."""
        return bool(self.extra) or any(one.is_own for one in self.asked)

    @property
    def title(self) -> str:
        """Of the home page. Before anything is asked it speaks to whoever looks."""
        is_theirs = self.has_part or not self.asked
        return "What you are asked for" if is_theirs else "What the partnership is asked for"

    @property
    def counted(self) -> list[Asked]:
        """What the page is about: their own part, and of somebody who has none what is asked of the partnership."""
        return [one for one in self.asked if one.is_own] if self.has_part else self.asked

    @property
    def waiting(self) -> list[Asked]:
        """What is to be sent or done: the latest first, then by date; what only this person can do stands among it."""
        open_ones = [one for one in self.counted if one.state != "received"]
        return sorted([*self.extra, *open_ones], key=_by_date)

    @property
    def of_others(self) -> list[Asked]:
        """What the partnership is asked and others have, by date. Only of somebody with a part of their own."""
        others = [one for one in self.asked if not one.is_own] if self.has_part else []
        return sorted((one for one in others if one.state != "received"), key=_by_date)

    @property
    def received(self) -> list[Asked]:
        return [one for one in self.asked if one.state == "received"]

    @property
    def late(self) -> list[Asked]:
        return [one for one in self.waiting if one.state == "late"]

    @property
    def units(self) -> list[UnitGroup]:
        """The same things counted by state, for the picture."""
        counts = Counter(one.state for one in self.counted)
        return [
            UnitGroup(state, counts[state], look) for state, look in LOOKS.items() if counts[state]
        ]

    @property
    def sentence(self) -> str:
        """``One thing is late; nothing else is due before Wednesday 24 September.``"""
        ahead = [
            one.due
            for one in self.waiting
            if one.due and one.state != "late" and one.due >= self.today
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
    asks = [one for one in steps if one.kind == StepKind.DUE and one.owner in PARTNERSHIP_OWNERS]
    open_asks = {one.key for one in asks if one.state == StepState.UPCOMING}
    by_step: dict[str, Deed] = {}
    extra = []
    for deed in own:
        if deed.step in open_asks and deed.step not in by_step:
            by_step[deed.step] = deed
        else:
            extra.append(_own(deed, today))
    roles = desk.roles.get(inspection.pk, frozenset())
    asked = [
        _asked(
            step,
            by_step.get(step.key),
            with_whom(step, people, desk.person),
            desk,
            is_own=step.key in by_step
            or not roles.isdisjoint(inspections.OWNER_ROLES.get(step.owner, ())),
        )
        for step in asks
    ]
    ahead = [one for one in steps if one.state == StepState.UPCOMING and one.starts_on > today]
    return Side(
        asked,
        people,
        next((one for one in ahead if one.kind == StepKind.MEETING), None),
        "meetings:meeting" if granted(Capability.SEE_MEETINGS, roles) else "inspections:step",
        [_next(one, desk) for one in ahead if one.kind != StepKind.DUE][:3],
        extra,
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


def _by_date(one: Asked) -> tuple[bool, bool, date]:
    """Late, then what others wait for, then by date; what has none comes last."""
    return (one.state != "late", not one.others_wait, one.due or date.max)


def _own(deed: Deed, today: date) -> Asked:
    """What only this person can do, and nothing that is asked of the partnership covers."""
    work = work_of(deed, today)
    state = "late" if deed.is_late(today) and not deed.is_a_day else "later"
    return Asked(
        state,
        work.when,
        work.tone,
        work.title,
        work.detail,
        work.url,
        work.action,
        deed.due,
        others_wait=deed.due is None and deed.weight == Weight.OTHERS_WAIT,
    )


def _asked(step: Step, deed: Deed | None, with_them: str, desk: Desk, *, is_own: bool) -> Asked:
    today = desk.today
    due = f"Due {day_said(step.ends_on, step.week)}."
    title = inspections.code_and_title(step.title)[1]
    url = step_url(desk, step.inspection, step.key)
    if step.state != StepState.UPCOMING:
        done = f"Received {day_in_words(step.done_at)}." if step.done_at else "Not needed."
        return Asked(
            "received", "Received", "done", title, done, url, due=step.ends_on, is_own=is_own
        )
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
        is_own=is_own,
    )


def _next(step: Step, desk: Desk) -> Next:
    week = f" (week {step.week})" if step.week else ""
    if step.starts_on == step.ends_on:
        said = f"on {inspections.span(step.starts_on, step.ends_on)}{week}."
    else:
        said = f"from {step.starts_on:%A %-d %B}{week} to {weekday_in_words(step.ends_on)}."
    title = inspections.code_and_title(step.title)[1]
    return Next(title, said, step_url(desk, step.inspection, step.key))
