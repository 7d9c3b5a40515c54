"""Inviting somebody new, as several tests begin."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail as outbox
from django.urls import reverse

from accounts.models import Agency
from accounts.roles import Role
from inspections.actions.invitations import invite_person
from inspections.models import Invitation
from tests.jobs import run_jobs
from workspace.example.world import World

NEW = "rona.brae@glenmarrow.example"
PASSWORD = "three unlikely words"


def invite(world: World, **changes: Any) -> Invitation:
    """The support officer invites somebody new as chief officer, now."""
    usual = {
        "email": NEW,
        "name": "Rona Brae",
        "designation": "Director",
        "agency": Agency.objects.get(name="Glenmarrow Council"),
        "role": Role.CHIEF_OFFICER,
        "until": None,
        "by": world.people["support_officer"],
        "at": world.now,
    }
    return invite_person(world.inspection, **{**usual, **changes})


def link_in_the_post() -> str:
    """The path of the link that was e-mailed last."""
    run_jobs()
    bodies = [message.body for message in outbox.outbox if "/join/" in message.body]
    found = re.search(r"http://testserver(/join/\S+/)", bodies[-1])
    assert found
    return found[1]


def url(world: World, page: str, *args: Any) -> str:
    return reverse(f"inspections:{page}", args=[world.inspection.reference, *args])
