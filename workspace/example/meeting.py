"""The first meetings of the story: prepared, held, recorded, and confirmed by both sides. Every word is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from inspections.models import Step
from meetings.actions.decisions import add_decision, complete_decision
from meetings.actions.differences import keep_difference
from meetings.actions.preparation import Point, prepare_meeting, set_agenda
from meetings.actions.record import (
    Typed,
    confirm_meeting_record,
    propose_meeting_record,
    record_attendance,
    write_meeting_notes,
    write_meeting_record,
)
from meetings.enums import Audience, Side
from meetings.models import Decision, Meeting
from workspace.example.world import World

ROOM = "Glenmarrow Council headquarters, room 2.14, second floor"


@dataclass(frozen=True, slots=True)
class Said:
    """One point of an agenda, whose it is, and what the record says about it; for the team alone without a record."""

    words: str
    whose: str
    record: str = ""


START: tuple[Said, ...] = (
    Said(
        "Who we are, and who works on it",
        "Inspection lead",
        "Both sides introduced themselves. The co-ordinator is the first contact for the partnership, the support officer "
        "for the team.",
    ),
    Said(
        "What is inspected, and how",
        "Depute inspection lead",
        "The team explained the five questions, the four evaluations and the ten days on site. Phase two begins in week 12.",
    ),
    Said(
        "The joint self-evaluation",
        "Inspection co-ordinator",
        "The partnership will give the questions to its agencies. It asked for an example of the length that is expected; "
        "four to six sides a question are enough.",
    ),
    Said("What the partnership finds hard to talk about", "Inspection lead"),
)
END_OF_PHASE_ONE: tuple[Said, ...] = (
    Said(
        "What the inspection looks at, and why",
        "Inspection lead",
        "The team set out four areas of uncertainty from the self-evaluation: the response at weekends, waits for help to "
        "recover, changes of worker, and what audits lead to.",
    ),
    Said(
        "What is planned on site",
        "Inspection lead",
        "Records reading from Monday to Wednesday of week 12, children and families on Thursday and Friday. Staff and leaders "
        "in week 17.",
    ),
    Said(
        "How children and families are heard",
        "Participation lead",
        "Four sessions are agreed with the champions group. Parents are invited by letter and by telephone.",
    ),
    Said("Where the self-evaluation and the first documents differ", "Depute inspection lead"),
)
EMERGING_THEMES: tuple[Said, ...] = (
    Said(
        "What records and the three surveys show so far",
        "Inspection lead",
        "Children know whom to ask, in records as in their survey. Staff and parents speak differently of how long help takes.",
    ),
    Said(
        "Where the best evidence for what is uncertain can be found",
        "Both sides",
        "For weekends the duty log and a talk with the out-of-hours team; for audits the action plans that the partnership sends.",
    ),
    Said(
        "What the second week on site needs",
        "Strategic support officer",
        "Rooms at three places, and two evening sessions for parents.",
    ),
)


def _step(world: World, key: str) -> Step:
    return world.inspection.steps.get(key=key)


def _meeting(world: World, key: str) -> Meeting:
    return Meeting.objects.get(inspection=world.inspection, step__key=key)


def _prepare(
    world: World, at: datetime, key: str, said: tuple[Said, ...], *, inside: int = 0
) -> None:
    meeting = prepare_meeting(
        _step(world, key),
        begins=time(10),
        place=ROOM,
        link="https://meet.glenmarrow.example/inspection",
        based_on=0,
        by=world.people["support_officer"],
        at=at,
    )
    points = [
        Point(
            None,
            one.words,
            one.whose,
            Audience.INTERNAL if place > len(said) - inside else Audience.SHARED,
        )
        for place, one in enumerate(said, start=1)
    ]
    set_agenda(meeting, points=points, based_on=0, by=world.people["lead"], at=at)


def _record(
    world: World, at: datetime, key: str, said: tuple[Said, ...], *, team: str, partnership: str
) -> None:
    meeting, people = _meeting(world, key), world.people
    record_attendance(
        meeting,
        people={
            Side.TEAM: [people[one] for one in team.split()],
            Side.PARTNERSHIP: [people[one] for one in partnership.split()],
        },
        others={Side.PARTNERSHIP: ["Chair of the child protection committee"]},
        based_on=0,
        by=people["support_officer"],
        at=at,
    )
    words = {one.words: one.record for one in said}
    texts = {item.pk: Typed(words[item.words], 0) for item in meeting.agenda.shared()}
    write_meeting_record(meeting, texts=texts, by=people["depute"], at=at)
    propose_meeting_record(meeting, by=people["depute"], at=at + timedelta(hours=1))


def _confirm(world: World, at: datetime, key: str, *who: str) -> None:
    for number, person in enumerate(who):
        meeting = _meeting(world, key)
        confirm_meeting_record(
            meeting,
            version=meeting.record_version,
            by=world.people[person],
            at=at + timedelta(hours=number),
        )


def prepare_start(world: World, at: datetime) -> None:
    """The start meeting has its room and its agenda."""
    _prepare(world, at, "start_meeting", START, inside=1)


def hold_start(world: World, at: datetime) -> None:
    """The start meeting is recorded on its day, with what it decided."""
    _record(
        world,
        at,
        "start_meeting",
        START,
        team="lead depute support_officer",
        partnership="coordinator chief_officer",
    )
    add_decision(
        _meeting(world, "start_meeting"),
        words="Send the partnership an example of a joint self-evaluation",
        person=world.people["support_officer"],
        due_on=world.day(5, 4),
        by=world.people["lead"],
        at=at + timedelta(hours=2),
    )


def confirm_start(world: World, at: datetime) -> None:
    """Both sides confirm the record of the start meeting, and what it decided is done."""
    _confirm(world, at, "start_meeting", "coordinator", "lead")
    complete_decision(
        Decision.objects.get(meeting=_meeting(world, "start_meeting")),
        by=world.people["support_officer"],
        at=at + timedelta(hours=2),
    )


def prepare_end_of_phase_one(world: World, at: datetime) -> None:
    """The meeting that ends phase one has its room and its agenda, and the team its own notes."""
    _prepare(world, at, "end_phase_one", END_OF_PHASE_ONE, inside=1)
    write_meeting_notes(
        _meeting(world, "end_phase_one"),
        text="Ask about weekends before waits: the co-ordinator can answer it there and then.",
        based_on=0,
        by=world.people["depute"],
        at=at,
    )


def hold_end_of_phase_one(world: World, at: datetime) -> None:
    """It is recorded on its day; the partnership sees one thing differently, and that is kept."""
    key = "end_phase_one"
    _record(
        world,
        at,
        key,
        END_OF_PHASE_ONE,
        team="lead depute participation_lead",
        partnership="coordinator participation_coordinator chief_officer",
    )
    meeting = _meeting(world, key)
    add_decision(
        meeting,
        words="Say which audits of the last two years led to a change, and which change",
        person=world.people["coordinator"],
        due_on=world.day(16, 4),
        by=world.people["lead"],
        at=at + timedelta(hours=2),
    )
    keep_difference(
        meeting,
        item=meeting.agenda.shared().first(),
        words="We do not see what audits lead to as uncertain: every audit since 2023 has its action plan. We will show them.",
        by=world.people["coordinator"],
        at=at + timedelta(hours=3),
    )


def confirm_end_of_phase_one(world: World, at: datetime) -> None:
    """Both sides confirm the record, with what they see differently in it."""
    _confirm(world, at, "end_phase_one", "lead", "coordinator")


def prepare_emerging_themes(world: World, at: datetime) -> None:
    """The next meeting has its room and its agenda."""
    _prepare(world, at, "emerging_themes", EMERGING_THEMES)


def record_emerging_themes(world: World, at: datetime) -> None:
    """It is recorded in the week after it."""
    _record(
        world,
        at,
        "emerging_themes",
        EMERGING_THEMES,
        team="lead depute participation_lead health_inspector",
        partnership="coordinator participation_coordinator",
    )


def confirm_emerging_themes(world: World, at: datetime) -> None:
    """Both sides confirm it."""
    _confirm(world, at, "emerging_themes", "depute", "coordinator")


def say_what_audits_led_to(world: World, at: datetime) -> None:
    """The co-ordinator has done what the meeting before gave to them."""
    complete_decision(
        Decision.objects.get(meeting=_meeting(world, "end_phase_one")),
        by=world.people["coordinator"],
        at=at,
    )
