"""Taking an invitation back, and how every invitation stands on the page of the team."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.invitations import (
    accept_invitation,
    resend_invitation,
    withdraw_invitation,
)
from inspections.models import Invitation
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import NEW, PASSWORD, invite, link_in_the_post, url
from tests.inspections.record import undone
from workspace.example.world import World


def withdraw(world: World, invitation: Invitation, reason: str = "") -> Invitation:
    return withdraw_invitation(
        invitation, reason=reason, by=world.people["lead"], at=world.now + timedelta(minutes=5)
    )


@pytest.mark.at_week(1)
def test_withdraw_invitation(world: World) -> None:
    invitation = invite(world)
    before = record.count()
    found = withdraw(world, invitation, reason="Another person was meant")
    assert (found.withdrawn_by, found.is_open) == (world.people["lead"], False)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Isla Dunmore withdrew the invitation of Rona Brae as chief officer, "
        "because: “Another person was meant”."
    )
    with pytest.raises(Refused, match="was withdrawn already"):
        withdraw(world, invitation)
    with pytest.raises(Refused, match="Invite them anew"):
        resend_invitation(invitation, by=world.people["lead"], at=world.now)
    invite(world)
    assert Invitation.objects.open().filter(email=NEW).count() == 1


@pytest.mark.at_week(1)
def test_withdraw_invitation_that_fails_leaves_nothing_behind(world: World) -> None:
    invitation = invite(world)
    before = record.count()
    undone(lambda: withdraw(world, invitation))
    assert Invitation.objects.get().is_open
    assert record.count() == before


@pytest.mark.at_week(1)
def test_withdraw_invitation_not_of_one_who_has_joined(world: World) -> None:
    invitation = invite(world)
    accept_invitation(invitation, person=None, password=PASSWORD, at=world.now)
    verdict = rules.may_withdraw_invitation(Invitation.objects.get())
    assert verdict.sentence == (
        "Rona Brae has joined already. Their part is ended on the page of the team."
    )


@pytest.mark.at_week(1)
def test_a_withdrawn_invitation_cannot_be_accepted_whatever_the_code_does(world: World) -> None:
    invitation = withdraw(world, invite(world))
    invitation.accepted_at, invitation.accepted_by = world.now, world.people["lead"]
    with pytest.raises(IntegrityError), transaction.atomic():
        invitation.save()


@pytest.mark.at_week(1)
def test_accept_invitation_that_was_withdrawn_says_so(world: World, client: StrictClient) -> None:
    invitation = invite(world)
    link = link_in_the_post()
    withdraw(world, invitation, reason="A matter between colleagues")

    response = client.post(link, {"password": PASSWORD, "again": PASSWORD})

    page = response.content.decode()
    assert response.status_code == 410
    assert "This invitation was withdrawn on 5 September 2025." in page
    assert "ask Isla Dunmore to invite you again." in page
    assert "A matter between colleagues" not in page
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.at_week(3)
def test_can_withdraw_invitation(world: World) -> None:
    of_partnership = invite(world)
    of_team = invite(
        world,
        email="new.inspector@inspectorate.example",
        name="Rhona Ord",
        role=Role.STRATEGIC_INSPECTOR,
        agency=world.people["inspector"].agency,
    )

    def allowed(invitation: Invitation) -> set[str]:
        return {
            key
            for key, person in world.people.items()
            if permissions.can_withdraw_invitation(person, invitation)
        }

    assert allowed(of_partnership) == {"lead", "depute", "support_officer", "coordinator"}
    assert allowed(of_team) == {"programme_manager", "lead", "depute", "support_officer"}


@pytest.mark.at_week(1)
def test_withdraw_invitation_page_twice_is_once(world: World, client: StrictClient) -> None:
    address = url(world, "withdraw-invitation", invite(world).pk)
    client.as_(world.people["support_officer"])
    assert "Withdraw the invitation of Rona Brae?" in client.get(address).content.decode()
    long = client.post(address, {"reason": "x" * 201})
    assert "Shorten it to 200 or fewer." in long.content.decode()
    before = record.count()
    for sentence in ("Its link opens nothing any more.", "was withdrawn already."):
        response = client.post(address, {"reason": ""}, follow=True)
        assert response.redirect_chain == [(url(world, "team"), 302)]
        assert sentence in response.content.decode()
    assert record.count() == before + 1


@pytest.mark.at_week(1)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_withdraw_invitation_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "withdraw-invitation", invite(world).pk)
    assert client.as_(world.people[key]).post(address).status_code == status
    assert Invitation.objects.get().is_open


@pytest.mark.at_week(1)
def test_team_page_says_how_every_invitation_stands(world: World, client: StrictClient) -> None:
    for key in ("waiting", "late", "joined", "withdrawn"):
        invite(world, email=f"{key}@glenmarrow.example", name=f"{key.title()} Brae")
    by_name = {one.name: one for one in Invitation.objects.all()}
    accept_invitation(by_name["Joined Brae"], person=None, password=PASSWORD, at=world.now)
    withdraw(world, by_name["Withdrawn Brae"], reason="Not needed")
    with time_machine.travel(world.now + timedelta(days=30)):
        resend_invitation(
            by_name["Waiting Brae"],
            by=world.people["support_officer"],
            at=world.now + timedelta(days=18),
        )
        page = client.as_(world.people["lead"]).get(url(world, "team")).content.decode()

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    heads = [
        "Waiting Waiting Brae",
        "Ran out Late Brae",
        "Joined Joined Brae",
        "Withdrawn Withdrawn Brae",
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert "12 days ago; the link lasts until" in text
    assert "The link ran out on Friday 3 October 2025, 2 days ago" in text
    assert "Withdrawn by Isla Dunmore on Friday 5 September 2025, 30 days ago: Not needed" in text
    assert page.count("Send again") == 2
