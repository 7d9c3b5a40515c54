"""What this app itself brings to the desk it owns: planning, team, notification, joining, and the days people take part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, Role
from core.dates import day_in_words
from core.words import counted, listed, number
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from inspections.enums import NOT_YET_PUBLISHED, OVER, InspectionState, StepKind
from inspections.models import (
    Addressee,
    Declaration,
    Inspection,
    Invitation,
    Membership,
    Step,
)
from inspections.queries import (
    code_and_title,
    contacts_of,
    span,
    to_be_confirmed_by,
    undecided,
    where_unproved,
)
from inspections.rules.clashes import clashes_of_teams
from inspections.rules.composition import NOTIFICATION, Part, missing
from inspections.rules.composition import PHASE_TWO as BY_PHASE_TWO

PLANNED, NOTIFIED = InspectionState.PLANNED, InspectionState.NOTIFIED
PHASE_ONE, PHASE_TWO = InspectionState.PHASE_ONE, InspectionState.PHASE_TWO
RUNS_THE_LETTER = (Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER)


@dataclass(frozen=True, slots=True)
class _Team:
    """Who holds what on one inspection today, as far as the deeds ask."""

    roles: frozenset[str]
    parts: tuple[Part, ...]
    silent: frozenset[int]  # people of the letter without a telephone number


def _teams(found: Iterable[Inspection]) -> dict[int, _Team]:
    """Of all these inspections in one query."""
    pks = [one.pk for one in found]
    rows: dict[int, list[tuple[str, str | None, int, str]]] = {pk: [] for pk in pks}
    if not pks:
        return {}
    current = Membership.objects.current().filter(inspection__in=pks).order_by()
    for pk, *row in current.values_list(
        "inspection_id", "role", "person__agency__kind", "person_id", "person__telephone"
    ):
        rows[pk].append(tuple(row))  # type: ignore[arg-type]  # the stubs lose the types behind a star
    return {
        pk: _Team(
            frozenset(role for role, *_ in held),
            tuple((role, kind) for role, kind, *_ in held),
            frozenset(
                person
                for role, _, person, telephone in held
                if role in RUNS_THE_LETTER and not telephone
            ),
        )
        for pk, held in rows.items()
    }


RUNNING = tuple(state for state in InspectionState if state not in OVER)


def declaring(desk: Desk) -> Iterator[Deed]:
    """Before anything of an inspection opens to somebody: that they are known, and for its team, whether they have a conflict of
    interest."""
    if not desk.closed:
        return
    found = Inspection.objects.filter(pk__in=desk.closed, state__in=RUNNING).select_related("area")
    said = {
        one.inspection_id: one
        for one in Declaration.objects.of(desk.person)
        .said_last()
        .filter(inspection__in=desk.closed)
    }
    unproved = set(where_unproved(desk.person).values_list("pk", flat=True))
    waits = any(one.waits for one in said.values())
    asks = {one.inspection: one.person for one in contacts_of(desk.person)} if waits else {}
    for one in found:
        latest = said.get(one.pk)
        if one.pk in unproved:
            yield Deed(
                one,
                "declare_interest",
                "Show that it is you",
                f"{one.area.name}, {one.reference}. You joined by a code, and nothing of it opens to you before your address is proved, "
                "or somebody who knows you confirms it.",
                "See what to do",
                "inspections:address-proof",
                weight=Weight.OTHERS_WAIT,
            )
        elif latest is None:
            yield Deed(
                one,
                "declare_interest",
                "Say whether you have a conflict of interest",
                f"{one.area.name}, {one.reference}. You are named on its team, and nothing of it opens to you before you have said so.",
                "Declare",
                "inspections:declare-interest",
                weight=Weight.OTHERS_WAIT,
            )
        elif latest.waits:
            yield Deed(
                one,
                "declare_interest",
                "What you declared waits for a decision",
                f"{one.area.name}, {one.reference}. Those who decide were told on {_day(latest)}. You need do nothing."
                + _whom_to_ask(asks.get(one)),
                "See what you declared",
                "inspections:declare-interest",
                weight=Weight.WHEN_YOU_CAN,
            )


def deciding(desk: Desk) -> Iterator[Deed]:
    """Somebody of the team declared something, and nobody has decided on it."""
    concerned = {one.pk: one for one in desk.where(Capability.DECIDE_INTEREST, *RUNNING)}
    for one in undecided(concerned, but=desk.person):
        inspection = concerned[one.inspection_id]
        days = (desk.today - timezone.localdate(one.declared_at)).days
        age = ("today", "yesterday")[days] if days in (0, 1) else f"{days} days ago"
        yield Deed(
            inspection,
            "decide_interest",
            f"Decide what {one.person.name} declared",
            f"{inspection.area.name}, {inspection.reference}. Declared on {_day(one)}, {age}.",
            "Read it and decide",
            "inspections:decide-interest",
            args=(inspection.reference, one.pk),
            weight=Weight.OTHERS_WAIT,
        )


def _whom_to_ask(contact: User | None) -> str:
    """For somebody whose home has no page of the inspection that would name them."""
    if contact is None:
        return ""
    telephone = f", {contact.telephone}" if contact.telephone else ""
    return f" Questions: {contact.name}{telephone}, {contact.email}."


def _day(declaration: Declaration) -> str:
    return day_in_words(declaration.declared_at)


def confirming(desk: Desk) -> Iterator[Deed]:
    """Somebody joined by a code and waits outside until a second person says that they know them."""
    concerned = {one.pk: one for one in desk.where(Capability.CONFIRM_JOINED, *RUNNING)}
    if not concerned:
        return
    for part in to_be_confirmed_by(desk.person, concerned.values()):
        inspection, who = concerned[part.inspection_id], part.person.name
        yield Deed(
            inspection,
            "confirm_joined",
            f"Say whether you know {who}",
            f"{inspection.area.name}, {inspection.reference}. They joined as {Role(part.role).label.lower()} by a code, and nothing opens "
            "to them before somebody who knows them has rung them.",
            "Read what to ask them",
            "inspections:confirm-joined",
            args=(inspection.reference, part.pk),
            weight=Weight.OTHERS_WAIT,
        )


def planning(desk: Desk) -> Iterator[Deed]:
    """Before notification: who is on the team, who gets a letter, and the letter itself."""
    names = set(desk.where(Capability.NAME_TEAM_MEMBER, PLANNED))
    writes = set(desk.where(Capability.NAME_ADDRESSEES, PLANNED))
    notifies = set(desk.where(Capability.NOTIFY_PARTNERSHIP, PLANNED))
    plans = set(desk.where(Capability.PLAN_INSPECTION, PLANNED))
    concerned = desk.any_of(names, writes, notifies, plans)
    teams = _teams(concerned)
    blank = _blank_addressees(concerned)
    for one in concerned:
        team, empty = teams[one.pk], blank.get(one.pk, 0)
        lacking = [need.who.lower() for need in missing(team.parts, at=NOTIFICATION)]
        if lacking and one in names:
            yield Deed(
                one,
                "name_team_member",
                f"Name the {listed(lacking)} for {one.area.name}",
                "No letter goes to the partnership before the team has a lead and a support officer.",
                "Name the team",
                "inspections:team",
                weight=Weight.OTHERS_WAIT,
                due=one.planned_for,
            )
        if empty and one in writes:
            yield Deed(
                one,
                "name_addressees",
                f"Name the addressees in {one.area.name}",
                f"{number(5 - empty).capitalize()} of five are named. All five get the letter, or nobody.",
                "Name addressees",
                "inspections:name-addressees",
                due=one.planned_for,
            )
        if desk.person.pk in team.silent:
            yield Deed(
                one,
                "edit_details",
                "Enter your telephone number",
                f"The letter to {one.area.name} carries it.",
                "Enter it",
                "accounts:edit-details",
                args=(),
                due=one.planned_for,
            )
        if one in notifies and not (lacking or empty or team.silent):
            yield Deed(
                one,
                "notify_partnership",
                f"Notify the partnership of {one.area.name}",
                f"Team and five addressees are named. Planned for {span(one.planned_for, one.planned_for)}.",
                "Prepare the letters",
                "inspections:notify-partnership",
                due=one.planned_for,
            )
        if one in plans and not lacking:
            yield Deed(
                one,
                "plan_inspection",
                f"{one.area.name} has not been notified",
                f"It was planned for {span(one.planned_for, one.planned_for)}. Ask its lead what holds it.",
                "See what holds it",
                "workspace:overview",
                due=one.planned_for,
                once_late=True,
            )


def _blank_addressees(found: Iterable[Inspection]) -> dict[int, int]:
    """How many of the five have no name or no e-mail address, by inspection."""
    pks = [one.pk for one in found]
    counts: dict[int, int] = {}
    if not pks:
        return counts
    blank = Addressee.objects.filter(inspection__in=pks).filter(Q(email="") | ~Q(name__regex=r"\S"))
    for pk in blank.order_by().values_list("inspection_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


JOIN_BY_NOTIFIED = (Role.INSPECTION_COORDINATOR,)
JOIN_BY_PHASE_TWO = (Role.PARTICIPATION_COORDINATOR, Role.CONCERNS_LEAD)


def joining(desk: Desk) -> Iterator[Deed]:
    """From notification to the end of phase one: the partnership's people join, and the team is complete."""
    invites = desk.where(Capability.INVITE_PERSON, NOTIFIED, PHASE_ONE)
    names = desk.where(Capability.NAME_TEAM_MEMBER, NOTIFIED, PHASE_ONE)
    concerned = desk.any_of(invites, names)
    teams = _teams(concerned)
    invited = _invited(invites)
    for one in invites:
        co_ordinates = Role.INSPECTION_COORDINATOR in desk.roles.get(one.pk, ())
        wanted = JOIN_BY_PHASE_TWO if co_ordinates else JOIN_BY_NOTIFIED
        for role in wanted:
            if role in teams[one.pk].roles:
                continue
            yield _to_join(one, role, asked=(one.pk, role.value) in invited)
    for one in names:
        lacking = missing(teams[one.pk].parts, at=BY_PHASE_TWO)
        if lacking:
            yield Deed(
                one,
                "name_team_member",
                f"Complete the team for {one.area.name}",
                f"Still without: {listed([need.words for need in lacking])}.",
                "Name the team",
                "inspections:team",
                step="end_phase_one",
            )


def _to_join(one: Inspection, role: Role, *, asked: bool) -> Deed:
    """Somebody who has not joined: to be invited, or to be asked whether the invitation arrived."""
    who = role.label[0].lower() + role.label[1:]
    co_ordinates = role in (Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR)
    step = "name_coordinators" if co_ordinates else "end_phase_one"
    if asked:
        return Deed(
            one,
            "resend_invitation",
            f"The {who} of {one.area.name} has not joined yet",
            "The invitation was sent. Ask whether it arrived, or send it again.",
            "See the invitation",
            "inspections:team",
            step=step,
            else_step="end_phase_one",
        )
    return Deed(
        one,
        "invite_person",
        f"Invite the {who} of {one.area.name}",
        "They see what is asked of them once they have joined.",
        "Invite",
        "inspections:invite-person",
        weight=Weight.OTHERS_WAIT if role in JOIN_BY_NOTIFIED else Weight.HAS_A_DATE,
        step=step,
        else_step="end_phase_one",
    )


def _invited(found: list[Inspection]) -> set[tuple[int, str]]:
    """Which roles have an invitation that is open and in time."""
    if not found:
        return set()
    rows = Invitation.objects.open().filter(
        inspection__in=[one.pk for one in found], expires_at__gt=timezone.now()
    )
    return set(rows.order_by().values_list("inspection_id", "role"))


def clashing(desk: Desk) -> Iterator[Deed]:
    """Somebody of the lead's team is elsewhere on an on-site day, or on too many inspections at once."""
    led = [one for one in desk.as_role(Role.INSPECTION_LEAD) if one.state in NOT_YET_PUBLISHED]
    found = clashes_of_teams(led, on=desk.today)
    for one in led:
        clashes = sorted(found.get(one.pk, []), key=lambda clash: clash.on)
        if clashes:
            more = f" And {counted(len(clashes) - 1, 'more,more')}." if clashes[1:] else ""
            yield Deed(
                one,
                "name_team_member",
                f"The team for {one.area.name} clashes with other plans",
                f"{clashes[0].sentence}{more}",
                "See the team",
                "inspections:team",
                due=clashes[0].on,
            )


ENDS = {PHASE_ONE: ("one", "end_phase_one"), PHASE_TWO: ("two", "end_phase_two")}


def ending_phases(desk: Desk) -> Iterator[Deed]:
    """A phase whose last meeting has gone by is to be closed by the lead, or what holds it is to be seen."""
    for one in desk.where(Capability.OPEN_NEXT_PHASE, *ENDS):
        phase, step = ENDS[InspectionState(one.state)]
        yield Deed(
            one,
            "open_next_phase",
            f"Phase {phase} of {one.area.name} should have ended",
            "Move on to the next phase, or see what holds the gate.",
            "See the gate",
            "inspections:open-next-phase",
            step=step,
            once_late=True,
        )


TAKES_PART = {
    Role.YOUNG_INSPECTION_VOLUNTEER: "young inspection volunteer",
    Role.LOCAL_READER: "local reader",
}
PLAIN_WORDS = {
    "participation_meeting": (
        "You help to plan how children and young people are heard",
        "A meeting with your participation lead and people from the area.",
    ),
    "participation_fieldwork": (
        "You meet children, young people and families",
        "You go with your participation lead. You can stop or take a break at any time.",
    ),
    "fieldwork_children": (
        "Days with children and young people",
        "You talk with children and young people, together with an inspector.",
    ),
    "final_analysis": (
        "You help us to understand what children told us",
        "We look together at what we heard, and what it means.",
    ),
    "reader_training": (
        "Training before you read records",
        "You learn how records are read, and what to do when you know a child.",
    ),
    "records_reading": (
        "You read records, together with an inspector",
        "You never read the record of a child you know.",
    ),
}
NEXT_DAYS = 3


def own_days(desk: Desk) -> Iterator[Deed]:
    """The next days of those who come for some days only, in plain words."""
    for role, words in TAKES_PART.items():
        found = {one.pk: one for one in desk.as_role(role)}
        if not found:
            continue
        shown: dict[int, int] = {}
        steps = Step.objects.open().filter(inspection__in=list(found), ends_on__gte=desk.today)
        for step in steps.filter(
            Q(with_whom__icontains=words) | Q(title__icontains=words)
        ).order_by("starts_on", "order"):
            shown[step.inspection_id] = shown.get(step.inspection_id, 0) + 1
            if shown[step.inspection_id] > NEXT_DAYS:
                continue
            title, detail = PLAIN_WORDS.get(step.key, (code_and_title(step.title)[1], ""))
            yield Deed(
                found[step.inspection_id],
                "step",
                title,
                f"{_days(step)}. {detail}".strip(),
                "See the day" if step.starts_on == step.ends_on else "See the days",
                "inspections:step",
                args=(found[step.inspection_id].reference, step.key),
                due=max(step.starts_on, desk.today),
                on_or_from="On" if step.starts_on == step.ends_on else "From",
            )


def _days(step: Step) -> str:
    """``Thursday 27 November 2025``, or from when to when, and how many days on site."""
    said = span(step.starts_on, step.ends_on)
    if step.kind == StepKind.ONSITE and len(step.days) > 1:
        return f"{said}: {counted(len(step.days), 'day,days')}"
    return said


def bring() -> None:
    """Bring them all."""
    for source in (
        declaring,
        deciding,
        confirming,
        planning,
        joining,
        clashing,
        ending_phases,
        own_days,
    ):
        bring_to(f"inspections.{source.__name__}", source)
