"""Another e-mail address: confirmed by a link, then the only one; what went to the old one opens nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import FormerAddress, User
from accounts.roles import Role
from inspections.actions.invitations import invite_person
from inspections.rules import may_accept_invitation
from tests.accounts.test_sessions import last
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)
NEW = "ewan.new@glenmarrow.example"


def sign_in(email: str) -> int:
    answer = StrictClient().post("/account/login/", {"login": email, "password": PASSWORD})
    return int(answer.status_code)


def ask(client: StrictClient, email: str = NEW) -> str:
    answer = client.post(
        reverse("account_email"), {"action_add": "yes", "email": email}, follow=True
    )
    return str(answer.content.decode())


def link() -> str:
    run_jobs()
    letter = next(one for one in reversed(mail.outbox) if one.to == [NEW])
    assert "Ewan Sleat asked us" in letter.body
    found = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert found
    return found[1]


def changed(world: World, client: StrictClient) -> User:
    person = world.people["inspector"]
    ask(client.as_(person))
    address = link()
    client.get(address)
    client.post(address)
    person.refresh_from_db()
    return person


def test_a_new_address_does_nothing_until_it_is_confirmed(
    world: World, client: StrictClient
) -> None:
    person = world.people["inspector"]
    page = ask(client.as_(person))
    assert NEW in page
    assert "Until then nothing changes." in page
    assert (sign_in(NEW), sign_in(person.email)) == (200, 302)


def test_a_confirmed_address_takes_the_place_of_the_old_one(
    world: World, client: StrictClient
) -> None:
    old = world.people["inspector"].email
    person = changed(world, client)
    assert person.email == NEW
    assert (sign_in(NEW), sign_in(old)) == (302, 200)
    assert last() == "Ewan Sleat changed their e-mail address."
    assert FormerAddress.objects.get().email == old
    run_jobs()
    told = [one for one in mail.outbox if one.to == [old]][-1]
    assert f"You sign in with {NEW} from now on." in told.body


def test_an_invitation_to_an_address_that_was_given_up_is_refused(
    world: World, client: StrictClient
) -> None:
    old = world.people["inspector"].email
    lead = world.people["lead"]
    invitation = invite_person(
        world.inspection,
        email="reader@glenmarrow.example",
        name="A Reader",
        designation="Reader",
        agency=lead.agency,
        role=Role.ASSOCIATE_ASSESSOR,
        until=world.now.date() + timedelta(days=30),
        by=lead,
        at=world.now,
    )
    assert may_accept_invitation(invitation, now=timezone.now())
    changed(world, client)
    invitation.email = old
    verdict = may_accept_invitation(invitation, now=timezone.now())
    assert verdict.sentence == (
        "Whoever this invitation was for has another e-mail address since. "
        "Sign in with the new one, and ask Isla Dunmore to invite you there."
    )


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Write the e-mail address."),
        ("ewan", "Write the e-mail address in full"),
    ],
)
def test_an_address_that_will_not_do(
    world: World, client: StrictClient, email: str, sentence: str
) -> None:
    assert sentence in ask(client.as_(world.people["inspector"]), email)


def test_the_address_of_somebody_else_is_never_confirmed_and_nobody_learns_of_it(
    world: World, client: StrictClient
) -> None:
    person, theirs = world.people["inspector"], world.people["lead"].email
    assert "We have sent a letter" in ask(client.as_(person), theirs)
    run_jobs()
    letter = [one for one in mail.outbox if one.to == [theirs]][-1]
    found = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert found
    client.post(found[1])
    person.refresh_from_db()
    assert person.email != theirs
    assert sign_in(theirs) == 302


def test_the_old_address_hears_of_it_before_anything_has_changed(
    world: World, client: StrictClient
) -> None:
    person = world.people["inspector"]
    ask(client.as_(person))
    assert last() == "Ewan Sleat asked for another e-mail address."
    run_jobs()
    told = [one for one in mail.outbox if one.to == [person.email]][-1]
    assert told.subject == "Another e-mail address was asked for"
    assert "the link to the new address opens nothing any more" in told.body
    assert NEW not in told.body


def test_a_new_password_ends_a_change_of_address_that_waits(
    world: World, client: StrictClient
) -> None:
    """Whoever took over a session asks for an address of their own; the owner's new password leaves them nothing."""
    person = world.people["inspector"]
    ask(client.as_(person))
    address = link()
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "eleven loud rivers",
            "password2": "eleven loud rivers",
        },
    )
    person.refresh_from_db()
    assert person.check_password("eleven loud rivers")
    StrictClient().post(address)
    person.refresh_from_db()
    assert person.email != NEW
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_the_link_to_another_address_leads_to_this_site_whatever_the_request_says(
    world: World, client: StrictClient, settings: Any
) -> None:
    settings.SITE_URL = "https://inspections.example"
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    person = world.people["inspector"]
    client.as_(person).post(
        reverse("account_email"),
        {"action_add": "yes", "email": NEW},
        headers={"host": "evil.example"},
    )
    StrictClient().post(
        reverse("account_reset_password"), {"email": person.email}, headers={"host": "evil.example"}
    )
    run_jobs()
    bodies = " ".join(one.body for one in mail.outbox)
    assert "evil.example" not in bodies
    assert "https://inspections.example/account/password/reset/key/" in bodies
    assert "https://inspections.example/account/confirm-email/" in bodies
