"""Addresses, plans and words that the tests of sessions on site share."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.urls import reverse

from onsite.actions.rooms import add_room
from onsite.actions.sessions import plan_session
from onsite.enums import SessionKind
from onsite.models import Room, Session
from onsite.queries import Plan
from workspace.example import sessions as story
from workspace.example.world import World


def at(world: World, name: str, **more: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"onsite:{name}", kwargs={"reference": world.inspection.reference} | more)


def room(world: World, name: str = story.BASE) -> Room:
    """A room of the story."""
    return Room.objects.select_related("inspection__area").get(
        inspection=world.inspection, name=name
    )


def new_room(world: World, name: str, *, minutes: int = 0, address: str = "") -> Room:
    """A room somewhere else."""
    return add_room(
        world.inspection,
        name=name,
        address=address or f"{name}, Example Square",
        directions="",
        minutes=minutes,
        by=world.people["support_officer"],
        at=world.now,
    )


def the(world: World, title: str = story.HEALTH_VISITORS, *, day: int = 0) -> Session:
    """A session of the story, with everybody who takes part."""
    found = Session.objects.select_related("inspection__area", "room").with_people()
    found = found.filter(inspection=world.inspection, title=title)
    return found.get(day=day) if day else found.get()


def a_plan(world: World, **changed: Any) -> Plan:
    """Ewan Sleat alone at the base, on day 8 from 10:00 to 11:00, unless another is asked for."""
    people = changed.pop("people", ("inspector",))
    given: dict[str, Any] = {
        "day": 8,
        "begins": time(10),
        "ends": time(11),
        "kind": SessionKind.INTERVIEW,
        "title": "Interview with a head teacher",
        "room": room(world),
        "lead": world.people[people[0]],
        "people": frozenset(world.people[key] for key in people),
        "is_shared": False,
        "asked": "",
    }
    return Plan(**given | changed)


def planned(world: World, *, by: str = "support_officer", **changed: Any) -> Session:
    """A session that is planned."""
    return plan_session(
        world.inspection, plan=a_plan(world, **changed), by=world.people[by], at=world.now
    )


def typed(world: World, **changed: Any) -> dict[str, Any]:
    """What somebody sends with the form of a session."""
    return {
        "day": "8",
        "begins": "10:00",
        "ends": "11:00",
        "kind": "interview",
        "title": "Interview with a head teacher",
        "room": str(room(world).pk),
        "lead": str(world.people["inspector"].pk),
        "people": [],
        "asked": "",
        "based_on": "0",
    } | changed


def said(response: Any) -> str:
    """The words of a page, on one line."""
    return " ".join(response.content.decode().split())
