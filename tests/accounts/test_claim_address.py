"""An account that somebody may have opened in another's name: it keeps its address, and is its owner's once they come."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse

from accounts.actions.address import claim_address
from accounts.models import FormerAddress, User
from tests.accounts.test_sessions import last
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)
OTHER = "somebody.else@elsewhere.example"
NEW = "eleven loud rivers"


def unproved(world: World) -> User:
    """As if they had joined by a code; a code app and recovery codes were set up since."""
    person = world.people["health_contributor"]
    EmailAddress.objects.filter(user=person).update(verified=False)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=person, type=kind, data={"secret": "AAAA", "seed": "aa"})
    return person


def test_an_address_that_is_not_proved_is_not_changed(world: World, client: StrictClient) -> None:
    person = unproved(world)
    client.as_(person)
    page = client.get(reverse("account_email")).content.decode()
    assert "Until then you cannot change the address." in page
    assert "New e-mail address" not in page
    answer = client.post(reverse("account_email"), {"action_add": "yes", "email": OTHER})
    assert "First open the link in the letter" in answer.content.decode()
    assert EmailAddress.objects.get(user=person).email == person.email
    assert not FormerAddress.objects.exists()


def test_a_change_of_address_is_never_told_as_a_proof(world: World, client: StrictClient) -> None:
    """Even with no row for the old address, the record says what happened, and the old address is kept."""
    person = world.people["inspector"]
    old = person.email
    client.as_(person).post(reverse("account_email"), {"action_add": "yes", "email": OTHER})
    EmailAddress.objects.filter(user=person, email=old).delete()
    run_jobs()
    letter = next(one for one in reversed(mail.outbox) if one.to == [OTHER])
    link = re.search(r"https?://[^/]+(/account/confirm\S+)", letter.body)
    assert link
    client.post(link[1])
    person.refresh_from_db()
    assert person.email == OTHER
    assert last() == "Ewan Sleat changed their e-mail address."
    assert FormerAddress.objects.get().email == old


def test_the_owners_new_password_leaves_nothing_of_who_was_there_before(world: World) -> None:
    person = unproved(world)
    before = StrictClient().as_(person)
    assert before.get("/").status_code == 200
    owner = StrictClient()
    owner.post(reverse("account_reset_password"), {"email": person.email})
    run_jobs()
    bodies = "".join(one.body for one in mail.outbox if one.to == [person.email])
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", bodies)
    assert link
    where = owner.get(link[1], follow=True).redirect_chain[-1][0]
    done = owner.post(where, {"password1": NEW, "password2": NEW}, follow=True)
    assert "This is the first letter of ours that was opened at your address." in (
        done.content.decode()
    )
    assert EmailAddress.objects.get(user=person).verified
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserSession.objects.filter(user=person).exists()
    assert before.get("/").status_code == 302
    assert last().endswith("recovery codes from before are gone.")
    run_jobs()
    told = [one.subject for one in mail.outbox if one.to == [person.email]]
    assert "Your account is yours alone" in told


def test_who_proved_their_address_keeps_their_second_proof(world: World) -> None:
    person = world.people["inspector"]
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "A"})
    said = last()
    assert not claim_address(person, keep=None, at=world.now)
    assert Authenticator.objects.filter(user=person).exists()
    assert last() == said


def test_claim_address_keeps_the_session_in_which_it_is_claimed(world: World) -> None:
    person = unproved(world)
    first, second = StrictClient().as_(person), StrictClient().as_(person)
    assert claim_address(person, keep=second.session.session_key, at=world.now)
    assert first.get("/").status_code == 302
    assert second.get("/").status_code == 200
    assert Session.objects.filter(pk=second.session.session_key).exists()
    assert person.check_password(PASSWORD)
