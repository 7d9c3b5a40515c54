"""The sessions on site of the story: planned before each of the two weeks. Every word is invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from onsite.actions.rooms import add_room
from onsite.actions.sessions import change_session, plan_session
from onsite.enums import SessionKind
from onsite.models import Room, Session
from onsite.queries import Plan
from workspace.example.world import World

HEADQUARTERS = "Glenmarrow Council headquarters, 1 Example Street, Glenmarrow"
BASE, RECORDS = "Headquarters, room 2.14", "Headquarters, records room"
HEALTH, YOUTH = "Kirkmuir health centre", "Glenmarrow youth club"
ROOMS: tuple[tuple[str, str, str, int], ...] = (
    (BASE, HEADQUARTERS, "Second floor. Sign in at the front desk.", 0),
    (RECORDS, HEADQUARTERS, "Ground floor, behind the front desk.", 0),
    (
        HEALTH,
        "4 Example Road, Kirkmuir",
        "Side door; ask for the meeting room. Few places to park.",
        25,
    ),
    (
        YOUTH,
        "12 Example Lane, Glenmarrow",
        "The hall, straight ahead. Bus 7 stops at the door.",
        15,
    ),
)
READERS = ("inspector", "health_inspector", "education_inspector", "police_inspector")
EVERYBODY = ("depute", "participation_lead", *READERS, "associate")


@dataclass(frozen=True, slots=True)
class Planned:
    """One session of the story. Whoever stands first of the people leads it."""

    day: int
    begins: time
    ends: time
    kind: SessionKind
    title: str
    room: str
    people: tuple[str, ...]
    asked: str = ""

    @property
    def is_shared(self) -> bool:
        return self.kind != SessionKind.TEAM


HEALTH_VISITORS = "Focus group of health visitors and school nurses"
FIRST_WEEK: tuple[Planned, ...] = (
    *(
        Planned(
            day,
            time(9, 30),
            time(15 if day == 3 else 16, 30),
            SessionKind.RECORDS,
            "Records reading in pairs",
            RECORDS,
            ("depute", *READERS),
            "Six local file readers, each with an inspector.",
        )
        for day in (1, 2, 3)
    ),
    Planned(
        3,
        time(16),
        time(17, 30),
        SessionKind.MEETING,
        "An evening with the champions group",
        YOUTH,
        ("participation_lead", "volunteer"),
        "Eight to ten young people, invited by the participation co-ordinator.",
    ),
    Planned(
        4,
        time(10),
        time(12),
        SessionKind.FOCUS_GROUP,
        "Focus group of parents and carers",
        YOUTH,
        ("participation_lead", "inspector"),
        "Parents who answered the letter, with somebody to support them if they wish.",
    ),
    Planned(
        4,
        time(10),
        time(11),
        SessionKind.INTERVIEW,
        "Interview with the out-of-hours team",
        BASE,
        ("lead", "police_inspector"),
        "Two workers and the manager of the out-of-hours team.",
    ),
    Planned(
        4,
        time(13, 30),
        time(15),
        SessionKind.FOCUS_GROUP,
        "Young people who have left care",
        YOUTH,
        ("volunteer", "participation_lead"),
        "Six to eight young people.",
    ),
    Planned(
        5,
        time(9, 30),
        time(11),
        SessionKind.OBSERVATION,
        "A child protection planning meeting",
        HEALTH,
        ("health_inspector", "associate"),
        "Whoever takes part as usual; the chair has agreed.",
    ),
    Planned(
        5,
        time(13),
        time(14, 30),
        SessionKind.TEAM,
        "What we heard this week",
        BASE,
        ("lead", *EVERYBODY),
    ),
    Planned(
        7,
        time(10),
        time(11, 30),
        SessionKind.FOCUS_GROUP,
        HEALTH_VISITORS,
        HEALTH,
        ("health_inspector", "associate"),
        "Six health visitors and school nurses of two teams.",
    ),
)
SECOND_WEEK: tuple[Planned, ...] = (
    Planned(
        6,
        time(9, 30),
        time(10, 30),
        SessionKind.INTERVIEW,
        "Interview with the chief officers group",
        BASE,
        ("lead", "depute"),
        "The members of the chief officers group.",
    ),
    Planned(
        8,
        time(14),
        time(15, 30),
        SessionKind.FOCUS_GROUP,
        "Focus group of foster and kinship carers",
        YOUTH,
        ("participation_lead", "volunteer"),
        "Eight carers.",
    ),
    Planned(
        9,
        time(9, 30),
        time(11, 30),
        SessionKind.OBSERVATION,
        "The corporate parenting board",
        BASE,
        ("education_inspector", "police_inspector"),
        "The board as usual.",
    ),
    Planned(
        10,
        time(13),
        time(15),
        SessionKind.TEAM,
        "What the two weeks showed",
        BASE,
        ("lead", *EVERYBODY),
    ),
)


def plan_first_week(world: World, at: datetime) -> None:
    """The support officer adds the rooms, and plans the first week and what is agreed of the second."""
    for name, address, directions, minutes in ROOMS:
        add_room(
            world.inspection,
            name=name,
            address=address,
            directions=directions,
            minutes=minutes,
            by=world.people["support_officer"],
            at=at,
        )
    _plan(world, FIRST_WEEK, at)


def plan_second_week(world: World, at: datetime) -> None:
    """The rest of the second week; and the associate assessor, who is away, is replaced."""
    _plan(world, SECOND_WEEK, at)
    session = (
        Session.objects.filter(inspection=world.inspection, title=HEALTH_VISITORS)
        .with_people()
        .select_related("room", "inspection")
        .get()
    )
    plan = Plan.of(session)
    people = plan.people - {world.people["associate"]} | {world.people["inspector"]}
    change_session(
        session,
        plan=replace(plan, people=frozenset(people)),
        based_on=session.version,
        by=world.people["support_officer"],
        at=at,
    )


def _plan(world: World, planned: tuple[Planned, ...], at: datetime) -> None:
    """The participation lead plans what a young inspection volunteer takes part in, the support officer the rest."""
    rooms = {room.name: room for room in Room.objects.filter(inspection=world.inspection)}
    for one in planned:
        planner = "participation_lead" if "volunteer" in one.people else "support_officer"
        plan_session(
            world.inspection,
            plan=Plan(
                day=one.day,
                begins=one.begins,
                ends=one.ends,
                kind=one.kind,
                title=one.title,
                room=rooms[one.room],
                lead=world.people[one.people[0]],
                people=frozenset(world.people[key] for key in one.people),
                is_shared=one.is_shared,
                asked=one.asked,
            ),
            by=world.people[planner],
            at=at,
        )
