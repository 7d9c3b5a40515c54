"""The story of the example: which deed in which counted week. Every deed is the real one, by the person who would do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Agency
from accounts.roles import PASSING_ROLES, Role
from inspections.actions.declarations import decide_interest, declare_interest
from inspections.actions.invitations import accept_invitation, invite_person
from inspections.actions.leave import record_leave
from inspections.actions.notification import name_addressees, notify_partnership
from inspections.actions.offices import name_stand_in
from inspections.actions.phases import open_next_phase
from inspections.actions.planning import plan_inspection
from inspections.actions.steps import complete_step
from inspections.actions.team import name_team_member
from inspections.enums import (
    AddresseeOffice,
    ChosenBecause,
    InterestAnswer,
    InterestDecision,
    StepState,
)
from inspections.models import Invitation
from inspections.rules import DONE_BY_DEED
from retention.actions.proceedings import record_submission
from workspace.example import (
    cast,
    concerns,
    evaluating,
    evidence,
    meeting,
    reporting,
    self_evaluation,
    sessions,
)
from workspace.example.world import World, method

ADDRESSEES = {
    AddresseeOffice.CPP_CHAIR: ("Councillor Ruaridh Brander", "cpp.chair"),
    AddresseeOffice.COUNCIL_CHIEF_EXECUTIVE: ("Iain Strathy", "chief.executive"),
    AddresseeOffice.HEALTH_BOARD_CHIEF_EXECUTIVE: ("Sorcha Minto", "board.chief"),
    AddresseeOffice.CHIEF_CONSTABLE: ("Alistair Crombie", "chief.constable"),
    AddresseeOffice.PRINCIPAL_REPORTER: ("Greer Halkett", "principal.reporter"),
}


INTERESTS = {"associate": "Until 2022 I ran a family centre of Glenmarrow Voluntary Action."}
TERMS = "No interviews with people of Glenmarrow Voluntary Action, and no records that it holds."


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the story: counted week, weekday, hour, and what is done."""

    week: int
    weekday: int
    hour: int
    play: Callable[[World, datetime], None]


def plan(world: World, at: datetime) -> None:
    """The programme manager plans the inspection."""
    world.planned = plan_inspection(
        world.area,
        method=method(),
        planned_for=world.notified_on,
        requested_on=world.day(-30, 0),
        timetable_approved_on=world.day(-6, 0),
        chosen_because=ChosenBecause.ROTATION,
        chosen_words="No joint inspection of this area in the last six years.",
        by=world.people["programme_manager"],
        at=at,
    )


def name_team(world: World, at: datetime) -> None:
    """The programme manager names everybody of the team, and each declares their interests."""
    for person in cast.TEAM:
        name_team_member(
            world.inspection,
            person=world.people[person.key],
            role=person.role,
            until=last_day(world, person.role),
            by=world.people["programme_manager"],
            at=at,
        )
        _declare(world, person.key, at)


def _declare(world: World, key: str, at: datetime) -> None:
    """Everybody says whether they have a conflict of interest, and is let in; of the associate, the lead decides."""
    words = INTERESTS.get(key, "")
    declaration = declare_interest(
        world.inspection,
        answer=InterestAnswer.SOMETHING if words else InterestAnswer.NOTHING,
        words=words,
        by=world.people[key],
        at=at,
    )
    if declaration.waits:
        decide_interest(
            declaration,
            decision=InterestDecision.APART,
            terms=TERMS,
            by=world.people["lead"],
            at=at,
        )


def last_day(world: World, role: Role) -> date | None:
    """A month after publication for those whose access ends on a day, so that each can be looked at in every week."""
    return world.day(40, 4) if role in PASSING_ROLES else None


def fill_in_addressees(world: World, at: datetime) -> None:
    """The support officer names the five addressees (R13)."""
    addressees = list(world.inspection.addressees.all())
    for addressee in addressees:
        name, mailbox = ADDRESSEES[AddresseeOffice(addressee.office)]
        addressee.name, addressee.email = name, f"{mailbox}@{cast.DOMAIN}"
        addressee.postal_address = "1 Example Street\nGlenmarrow"
    name_addressees(
        world.inspection, addressees=addressees, by=world.people["support_officer"], at=at
    )


def notify(world: World, at: datetime) -> None:
    """The lead notifies the partnership: week 1 begins."""
    notify_partnership(world.inspection, by=world.people["lead"], at=at)
    world.inspection.refresh_from_db()


def coordinator_joins(world: World, at: datetime) -> None:
    """The support officer invites the co-ordinator, who joins."""
    _join(world, at, ("coordinator",), by="support_officer")
    _done(world, at, "name_coordinators")


def partnership_joins(world: World, at: datetime) -> None:
    """The co-ordinator invites the others of the partnership, who join."""
    _join(
        world,
        at,
        tuple(person.key for person in cast.PARTNERSHIP if person.key != "coordinator"),
        by="coordinator",
    )


def stand_in_is_named(world: World, at: datetime) -> None:
    """The co-ordinator names who stands in for the lead member of staff for concerns."""
    name_stand_in(
        world.inspection.memberships.get(role=Role.CONCERNS_LEAD),
        person=world.people["participation_coordinator"],
        starts_on=at.date(),
        until=None,
        by=world.people["coordinator"],
        at=at,
    )


def _join(world: World, at: datetime, keys: tuple[str, ...], *, by: str) -> None:
    for person in (one for one in cast.PARTNERSHIP if one.key in keys):
        user = world.people[person.key]
        invitation = invite_person(
            world.inspection,
            email=user.email,
            name=user.name,
            designation=user.designation,
            agency=Agency.objects.get(people=user),
            role=Role(person.role),
            until=last_day(world, person.role),
            by=world.people[by],
            at=at,
        )
        accept_invitation(
            Invitation.objects.get(pk=invitation.pk), person=user, password=None, at=at
        )


def submit_to_ministers(world: World, at: datetime) -> None:
    """The service manager records that the report went to Ministers: with publication it begins the year of R52."""
    record_submission(
        world.inspection, submitted_on=at.date(), by=world.people["service_manager"], at=at
    )


def next_phase(world: World, at: datetime) -> None:
    """The lead opens the next phase through its gate."""
    open_next_phase(world.inspection, by=world.people["lead"], at=at)
    world.inspection.refresh_from_db()


def associate_will_be_away(world: World, at: datetime) -> None:
    """The associate assessor is away on two days of the second week on site: the lead sees that these clash."""
    person = world.people["associate"]
    days = {"starts_on": world.day(17, 1), "ends_on": world.day(17, 2)}
    if not person.leave.filter(
        **days
    ).exists():  # a second story of the same people finds it on record
        record_leave(person, **days, words="", by=person, at=at)


def steps_gone_by(world: World, at: datetime) -> None:
    """The support officer keeps the timetable: what has passed is marked as done, but for what waits on others' deeds."""
    waiting = (*DONE_BY_DEED, "action_plan_due", "disposal_due")
    gone = world.inspection.steps.filter(state=StepState.UPCOMING, ends_on__lt=at.date()).exclude(
        key__in=waiting
    )
    for step in gone:
        complete_step(step, by=world.people["support_officer"], at=at)


def _done(world: World, at: datetime, key: str) -> None:
    complete_step(world.inspection.steps.get(key=key), by=world.people["support_officer"], at=at)


SCENES: tuple[Scene, ...] = (
    Scene(-5, 0, 10, plan),
    Scene(-4, 1, 10, name_team),
    Scene(-1, 2, 14, fill_in_addressees),
    Scene(1, 0, 9, notify),
    Scene(2, 2, 11, coordinator_joins),
    Scene(2, 4, 10, next_phase),
    Scene(3, 1, 10, partnership_joins),
    Scene(3, 1, 11, self_evaluation.give_out),
    Scene(3, 2, 9, stand_in_is_named),
    Scene(3, 3, 10, meeting.prepare_start),
    Scene(4, 2, 15, meeting.hold_start),
    Scene(5, 0, 10, steps_gone_by),
    Scene(5, 3, 10, meeting.confirm_start),
    Scene(6, 1, 11, self_evaluation.first_answers),
    Scene(8, 3, 15, self_evaluation.all_answers_and_files),
    Scene(8, 4, 12, self_evaluation.send_it_in),
    Scene(10, 2, 10, evidence.from_self_evaluation),
    Scene(10, 3, 10, meeting.prepare_end_of_phase_one),
    Scene(10, 4, 11, sessions.plan_first_week),
    Scene(11, 2, 15, meeting.hold_end_of_phase_one),
    Scene(11, 4, 10, steps_gone_by),
    Scene(11, 4, 16, next_phase),
    Scene(12, 1, 12, meeting.confirm_end_of_phase_one),
    Scene(12, 2, 14, concerns.somebody_raises),
    Scene(12, 2, 15, concerns.more_comes_to_mind),
    Scene(12, 2, 16, concerns.lead_refers),
    Scene(12, 2, 17, concerns.partnership_confirms),
    Scene(12, 4, 15, evidence.from_first_week),
    Scene(13, 1, 10, concerns.partnership_closes),
    Scene(13, 2, 12, associate_will_be_away),
    Scene(13, 3, 11, evidence.from_surveys),
    Scene(13, 4, 11, meeting.prepare_emerging_themes),
    Scene(13, 4, 16, steps_gone_by),
    Scene(15, 1, 10, meeting.record_emerging_themes),
    Scene(16, 1, 12, meeting.confirm_emerging_themes),
    Scene(16, 2, 11, sessions.plan_second_week),
    Scene(16, 3, 10, meeting.say_what_audits_led_to),
    Scene(17, 4, 15, evidence.from_second_week),
    Scene(19, 4, 10, steps_gone_by),
    Scene(19, 4, 16, next_phase),
    Scene(20, 1, 9, evaluating.open_it),
    Scene(21, 3, 14, evaluating.all_seal),
    Scene(22, 2, 15, evaluating.team_proposes),
    Scene(23, 2, 15, evaluating.share),
    Scene(24, 0, 10, reporting.write_it),
    Scene(27, 3, 12, reporting.to_the_panel),
    Scene(28, 2, 16, reporting.panel_confirms),
    Scene(30, 0, 10, reporting.issue_the_draft),
    Scene(31, 2, 15, reporting.partnership_comments),
    Scene(31, 4, 15, reporting.partnership_has_no_more),
    Scene(33, 1, 11, reporting.answer_and_finish),
    Scene(34, 0, 9, reporting.schedule),
    Scene(34, 4, 16, steps_gone_by),
    Scene(35, 1, 10, reporting.publish),
    Scene(35, 3, 10, submit_to_ministers),
    Scene(36, 0, 9, steps_gone_by),
)


def tell(world: World, *, since: datetime | None = None) -> World:
    """Play every scene whose moment has come by ``world.now``; with ``since``, those after it."""
    for scene in SCENES:
        at = world.moment(scene.week, scene.weekday, scene.hour)
        if at <= world.now and (since is None or at > since):
            scene.play(world, at)
    return world
