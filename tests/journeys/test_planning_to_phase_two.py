"""From planning to phase two, through the pages alone, each deed by the person who would do it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import PASSING_ROLES
from audit.record import broken_links
from inspections.enums import AddresseeOffice
from inspections.models import Area, Inspection, Method
from tests.cast import everybody
from tests.client import StrictClient
from tests.inspections import moves
from tests.jobs import run_jobs
from workspace.example import cast, self_evaluation
from workspace.example.world import World, invented_area

PASSWORD = "seven other glens"
WRITERS = ("health_contributor", "police_contributor")


def at(text: str) -> Any:
    """The clock stands at this moment in Scotland."""
    return time_machine.travel(timezone.make_aware(datetime.fromisoformat(text)), tick=True)


class Desk:
    """Somebody at their desk. A session lasts a working day, so they sign in whenever they sit down."""

    def __init__(self, person: User | None = None) -> None:
        self.client = StrictClient()
        self.person = person

    def sit_down(self) -> None:
        if self.person and not self.client.session.get("_auth_user_id"):
            self.client.as_(self.person)

    def does(self, path: str, typed: dict[str, Any] | None = None, *, reads: str) -> str:
        """Send the form and read the sentence on the page that follows."""
        self.sit_down()
        response = self.client.post(path, typed or {}, follow=True)
        page = response.content.decode()
        assert response.status_code == 200, page
        assert reads in page
        return page

    def reads(self, path: str, words: str) -> None:
        self.sit_down()
        assert words in self.client.get(path).content.decode()


def letter_to(email: str) -> str:
    """The newest letter to this address."""
    run_jobs()
    return str(next(one.body for one in reversed(outbox.outbox) if one.to == [email]))


def link_for(email: str) -> str:
    """The path of the link in the newest letter to this address."""
    found = re.search(r"http://testserver(/join/\S+/)", letter_to(email))
    assert found
    return found[1]


def invite(inviter: Desk, base: str, person: cast.Person, *, email: str) -> str:
    """Invite somebody; the path of their link."""
    inviter.does(
        f"{base}invite/",
        {
            "name": person.name,
            "email": email,
            "designation": person.designation,
            "agency": Agency.objects.get(name=cast.AGENCIES[person.agency][0]).pk,
            "role": person.role.value,
            "until": "",
        },
        reads=f"The invitation is on its way to {email}.",
    )
    return link_for(email)


def join(inviter: Desk, base: str, key: str, people: dict[str, User]) -> Desk:
    """Somebody with an account is invited, signs in and joins."""
    person = next(one for one in cast.PARTNERSHIP if one.key == key)
    link = invite(inviter, base, person, email=person.email)
    Desk().reads(link, "Sign in to join")
    desk = Desk(people[key])
    desk.does(link, reads=f"You have joined as {person.role.label.lower()}.")
    return desk


def join_as_somebody_new(inviter: Desk, base: str, key: str) -> None:
    """Somebody without an account is invited, chooses a password and is in."""
    person = next(one for one in cast.PARTNERSHIP if one.key == key)
    link = invite(inviter, base, person, email=f"new.{person.email}")
    Desk().does(
        link,
        {"password": PASSWORD, "again": PASSWORD},
        reads=f"You have joined as {person.role.label.lower()}.",
    )


@pytest.mark.django_db
def test_planning_to_phase_two(reference_data: None) -> None:
    with at("2025-06-02T09:00"):
        people = everybody(timezone.now())
        area = invented_area(timezone.localdate())
    manager, lead, support = (
        Desk(people[key]) for key in ("programme_manager", "lead", "support_officer")
    )

    with at("2025-08-04T10:00"):
        plan(manager, area)
        inspection = Inspection.objects.get()
        base = f"/inspections/{inspection.reference}/"
        name_the_team(manager, base, people)

    with at("2025-08-27T10:00"):
        lead.reads(f"{base}notify/", "The letters cannot go yet.")
        name_the_addressees(support, base)

    with at("2025-09-01T09:00"):
        lead.does(f"{base}notify/", reads="Five letters are on their way.")
        run_jobs()
        lead.reads(f"{base}letters/", "Sent by Isla Dunmore on Monday 1 September 2025")
        assert sum("attached" in message.body for message in outbox.outbox) == 5

    with at("2025-09-10T11:00"):
        lead.reads(f"{base}open-next-phase/", "Nobody has joined yet as inspection co-ordinator.")
        coordinator = join(support, base, "coordinator", people)
        support.does(f"{base}steps/name_coordinators/complete/", reads="is marked as done.")
        lead.does(f"{base}open-next-phase/", {"from": "notified"}, reads="stands at phase one now.")

    with at("2025-09-16T10:00"):
        coordinator.reads("/", "What you are asked for")
        for key in ("participation_coordinator", "concerns_lead", *WRITERS):
            join(coordinator, base, key, people)
        join_as_somebody_new(coordinator, base, "reporter_contributor")
        two_days = {"starts_on": "22 October 2025", "reason": "The council asked for two days."}
        looked = lead.does(f"{base}steps/pir_due/move/", two_days, reads="Nothing has changed yet.")
        lead.does(
            f"{base}steps/pir_due/move/",
            two_days | moves.seen(looked),
            reads="“Pre-inspection return comes back” has moved.",
        )
        assert "“Pre-inspection return comes back” moved." in letter_to(people["coordinator"].email)

    with at("2025-11-03T12:00"):
        lead.reads(f"{base}open-next-phase/", "Joint self-evaluation received")
        lead.reads(f"{base}log/", "The council asked for two days.")
        send_self_evaluation(area, people)

    with at("2025-11-28T16:00"):
        lead.does(
            f"{base}open-next-phase/", {"from": "phase_one"}, reads="stands at phase two now."
        )
        lead.reads(base, "phase two, on site")
    assert list(broken_links()) == []


def send_self_evaluation(area: Area, people: dict[str, User]) -> None:
    """The partnership's part, which has a journey of its own."""
    now = timezone.now()
    inspection = Inspection.objects.select_related("area").get()
    world = World(date(2025, 9, 1), now, area, people, planned=inspection)
    for deed in (
        self_evaluation.give_out,
        self_evaluation.first_answers,
        self_evaluation.all_answers_and_files,
        self_evaluation.send_it_in,
    ):
        deed(world, now)


def plan(manager: Desk, area: Area) -> None:
    manager.does(
        "/inspections/plan/",
        {
            "area": area.pk,
            "planned_for": "1 September 2025",
            "method": Method.objects.get().pk,
            "chosen_because": "risk",
            "chosen_words": "Two reviews of practice asked for it.",
            "requested_on": "3 February 2025",
            "timetable_approved_on": "14 July 2025",
        },
        reads="The inspection of Glenmarrow is planned as JI-2026-001.",
    )


def name_the_team(manager: Desk, base: str, people: dict[str, User]) -> None:
    for person in cast.TEAM:
        manager.does(
            f"{base}team/name/",
            {
                "person": people[person.key].pk,
                "role": person.role.value,
                "until": "12 June 2026" if person.role in PASSING_ROLES else "",
            },
            reads=f"{person.name} is {person.role.label.lower()} now.",
        )
    for person in cast.TEAM:
        Desk(people[person.key]).does(
            f"{base}team/declare/", {"answer": "nothing"}, reads="is open to you."
        )


def name_the_addressees(support: Desk, base: str) -> None:
    typed = {}
    for office in AddresseeOffice:
        typed[f"{office}-name"] = f"The {office.label.lower()}"
        typed[f"{office}-email"] = f"{office.replace('_', '.')}@{cast.DOMAIN}"
        typed[f"{office}-postal_address"] = "1 Example Street"
    support.does(f"{base}addressees/", typed, reads="The addressees are saved.")
