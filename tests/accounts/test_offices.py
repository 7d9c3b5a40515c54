"""Offices of the programme: given, ended, and taken by invitation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import permissions, rules
from accounts.actions.offices import (
    accept_office_invitation,
    end_office,
    give_office,
    invite_office_holder,
    resend_office_invitation,
    tell_of_office,
    withdraw_office_invitation,
)
from accounts.actions.people import close_account
from accounts.models import Agency, Office, OfficeInvitation, User, system_user
from accounts.models.sent_invitation import hash_of
from accounts.roles import INCOMPATIBLE, PROGRAMME_ROLES, Role
from audit.models import Event
from core.mail import FORGOTTEN
from core.models import Letter
from core.verdicts import Refused
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

NEW = "shona.airlie@glenmarrow.example"
PASSWORD = "three unlikely words"


def invite(world: World, **changes: Any) -> OfficeInvitation:
    """The programme manager invites somebody new as chair of the panel, now."""
    usual = {
        "email": NEW,
        "name": "Shona Airlie",
        "designation": "Chief inspector",
        "agency": Agency.objects.care_inspectorate(),
        "role": Role.PANEL_CHAIR,
        "by": world.people["programme_manager"],
        "at": world.now,
    }
    return invite_office_holder(**{**usual, **changes})


def link_in_the_post() -> str:
    """The path of the link that was e-mailed last."""
    run_jobs()
    found = re.findall(
        r"http://testserver(/office/\S+/)", "".join(str(one.body) for one in outbox.outbox)
    )
    return str(found[-1])


def managers() -> set[str]:
    held = Office.objects.filter(role=Role.PROGRAMME_MANAGER)
    return set(held.values_list("person__name", flat=True))


def test_no_two_offices_go_together_and_each_pair_says_why() -> None:
    pairs = {frozenset({one, other}) for one in PROGRAMME_ROLES for other in PROGRAMME_ROLES} - {
        frozenset({one}) for one in PROGRAMME_ROLES
    }
    assert set(INCOMPATIBLE) == pairs
    assert all(why.endswith(".") for why in INCOMPATIBLE.values())


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("key", "role", "sentence"),
    [
        ("other_lead", Role.SERVICE_MANAGER, ""),
        ("service_manager", Role.SERVICE_MANAGER, "Colm Rannoch is service manager already."),
        (
            "service_manager",
            Role.PANEL_CHAIR,
            "Colm Rannoch is service manager, and cannot be chair of the Quality and Consistency Panel as well. "
            "A service manager oversees the work that the panel tests. End that office first.",
        ),
        (
            "programme_manager",
            Role.SERVICE_MANAGER,
            "Una Breck is programme manager, and cannot be service manager as well. "
            "A programme manager sees no evidence, and a service manager reads it. End that office first.",
        ),
        (
            "other_coordinator",
            Role.SERVICE_MANAGER,
            "Peigi Uist belongs to Otherglen Council. The service manager comes from the Care Inspectorate.",
        ),
        (
            "inspector",
            Role.SERVICE_MANAGER,
            "Ewan Sleat has a part on JI-2026-001 (Glenmarrow). Who holds an office of the programme works on no "
            "inspection: end that part first, on the page “Team and partnership”.",
        ),
    ],
)
def test_may_give_office(world: World, key: str, role: Role, sentence: str) -> None:
    verdict = rules.may_give_office(world.people[key], role=role)
    assert (bool(verdict), verdict.sentence) == (not sentence, sentence)


@pytest.mark.at_week(0)
def test_may_give_office_needs_a_person_with_an_open_account_and_an_agency(world: World) -> None:
    role, ross = Role.SERVICE_MANAGER, world.people["other_lead"]
    assert not rules.may_give_office(system_user(), role=role)
    close_account(ross, by=world.people["programme_manager"], at=world.now)
    ross.refresh_from_db()
    assert rules.may_give_office(ross, role=role).sentence == (
        "Ross Tummel's account is closed. Open it again, then give the office."
    )
    first = User.objects.create_user("first@example.org", PASSWORD, name="First")
    assert "belongs to no agency yet" in rules.may_give_office(first, role=role).sentence


@pytest.mark.at_week(0)
def test_give_office(world: World) -> None:
    ross, before = world.people["other_lead"], record.count()
    give_office(
        ross, role=Role.PROGRAMME_MANAGER, by=world.people["programme_manager"], at=world.now
    )
    assert managers() == {"Una Breck", "Ross Tummel"}
    assert record.count() == before + 1
    assert record.last_sentence() == "Una Breck made Ross Tummel programme manager."
    assert permissions.can_see_people(ross)


@pytest.mark.at_week(0)
def test_give_office_that_fails_leaves_nothing_behind(world: World) -> None:
    ross, before = world.people["other_lead"], record.count()
    una = world.people["programme_manager"]
    undone(lambda: give_office(ross, role=Role.PROGRAMME_MANAGER, by=una, at=world.now))
    with pytest.raises(Refused):
        give_office(world.people["coordinator"], role=Role.PANEL_CHAIR, by=una, at=world.now)
    assert managers() == {"Una Breck"}
    assert record.count() == before


@pytest.mark.at_week(0)
def test_end_office_never_ends_the_last_programme_manager(world: World) -> None:
    una, ross = world.people["programme_manager"], world.people["other_lead"]
    last = una.offices.get()
    sentence = "Una Breck is the only programme manager. Give that office to somebody else first."
    assert rules.may_end_office(last).sentence == sentence
    with pytest.raises(Refused, match="only programme manager"):
        end_office(last, by=una, at=world.now)
    given = give_office(ross, role=Role.PROGRAMME_MANAGER, by=una, at=world.now)
    assert rules.may_end_office(last)
    User.objects.filter(pk=ross.pk).update(is_active=False)  # one who cannot sign in is none
    assert rules.may_end_office(last).sentence == sentence
    User.objects.filter(pk=ross.pk).update(is_active=True)

    end_office(last, by=una, at=world.now)

    assert managers() == {"Ross Tummel"}
    assert record.last_sentence() == "Una Breck ended the office of Una Breck as programme manager."
    with pytest.raises(Refused):
        end_office(given, by=ross, at=world.now)


@pytest.mark.at_week(0)
def test_end_office_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    colm = world.people["service_manager"]
    url = reverse("accounts:end-office", args=[colm.pk, colm.offices.get().pk])
    assert "Colm Rannoch is service manager." in client.get(url).content.decode()
    for sentence in (
        "Colm Rannoch is no longer service manager.",
        "Colm Rannoch does not hold that office any more.",
    ):
        assert sentence in client.post(url, follow=True).content.decode()
    assert not colm.offices.exists()


@pytest.mark.at_week(0)
def test_give_office_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    ross = world.people["other_lead"]
    url = reverse("accounts:give-office", args=[ross.pk])
    assert "Choose the office." in client.post(url, {"role": ""}).content.decode()
    answer = client.post(url, {"role": "panel_chair"}, follow=True).content.decode()
    assert "Ross Tummel is chair of the Quality and Consistency Panel now." in answer
    again = client.post(url, {"role": "service_manager"}).content.decode()
    assert "cannot be service manager as well" in again


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": Role.DEPUTE}, "works on one inspection, and is invited there."),
        ({"email": "lead@glenmarrow.example"}, "Isla Dunmore has a part on JI-2026-001"),
        ({"agency": "council"}, "Shona Airlie belongs to Glenmarrow Council."),
    ],
)
def test_invite_office_holder_is_refused(
    world: World, changes: dict[str, Any], sentence: str
) -> None:
    before = record.count()
    if changes.get("agency"):
        changes = {"agency": world.people["coordinator"].agency}
    with pytest.raises(Refused) as refusal:
        invite(world, **changes)
    assert sentence in refusal.value.verdict.sentence
    assert record.count() == before


@pytest.mark.at_week(0)
def test_invite_office_holder_once(world: World) -> None:
    invitation = invite(world)
    assert record.last_sentence() == (
        "Una Breck invited Shona Airlie as chair of the Quality and Consistency Panel."
    )
    with pytest.raises(Refused, match="Send that invitation again instead"):
        invite(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeInvitation.objects.create(
            email=NEW,
            name="x",
            role=Role.PANEL_CHAIR,
            agency=invitation.agency,
            secret_hash="x",
            invited_at=world.now,
            invited_by=invitation.invited_by,
            expires_at=world.now,
        )


@pytest.mark.at_week(0)
def test_invite_office_holder_to_taking_the_office(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    typed = {"name": "Shona Airlie", "email": NEW.upper(), "role": "panel_chair"}
    page = client.post(reverse("accounts:invite-office-holder"), typed, follow=True)
    assert f"The invitation is on its way to {NEW}." in page.content.decode()
    assert "Sent to" in page.content.decode()
    link = link_in_the_post()
    assert Letter.objects.filter(to=NEW).latest("pk").body == FORGOTTEN
    assert link.split("/")[2] not in OfficeInvitation.objects.get().secret_hash
    assert "This invitation is for" in client.get(link).content.decode()

    new = StrictClient()
    assert "the password that you choose here" in new.get(link).content.decode()
    short = new.post(link, {"password": "short", "again": "other"}).content.decode()
    assert "too short" in short or "at least 12" in short
    taken = new.post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)

    assert "You are chair of the Quality and Consistency Panel now." in taken.content.decode()
    shona = User.objects.get(email=NEW)
    assert (shona.name, shona.agency.name) == ("Shona Airlie", "Care Inspectorate")
    assert [office.role for office in shona.offices.all()] == [Role.PANEL_CHAIR]
    assert record.last_sentence().startswith("Shona Airlie accepted the invitation and is chair")
    assert "You have accepted already." in new.get(link, follow=True).content.decode()
    used = StrictClient().get(link)
    assert (used.status_code, "has been used" in used.content.decode()) == (410, True)


@pytest.mark.at_week(0)
def test_accept_office_invitation_by_somebody_with_an_account(
    world: World, client: StrictClient
) -> None:
    ross = world.people["other_lead"]
    invite(world, email=ross.email, name="Ross Tummel")
    link = link_in_the_post()
    assert "Sign in to accept" in client.get(link).content.decode()
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert not ross.offices.exists()
    client.as_(world.people["lead"])
    assert "Sign out and go on as Ross Tummel" in client.get(link).content.decode()
    client.post(link)
    assert not Office.objects.filter(person=world.people["lead"]).exists()
    client.as_(ross).post(link)
    assert ross.offices.get().role == Role.PANEL_CHAIR


@pytest.mark.at_week(0)
def test_accept_office_invitation_is_refused(world: World, client: StrictClient) -> None:
    ross = world.people["other_lead"]
    invitation = invite(world, email=ross.email)
    una = world.people["programme_manager"]
    with pytest.raises(Refused, match=f"for {ross.email}"):
        accept_office_invitation(
            invitation, person=world.people["lead"], password=None, at=world.now
        )
    give_office(ross, role=Role.SERVICE_MANAGER, by=una, at=world.now)
    verdict = rules.may_accept_office_invitation(invitation, now=world.now)
    assert "cannot be chair of the Quality and Consistency Panel" in verdict.sentence
    with pytest.raises(Refused):
        accept_office_invitation(invitation, person=ross, password=None, at=world.now)
    late = world.now + timedelta(days=28)
    assert "ran out on 26 September 2025" in (
        rules.may_accept_office_invitation(invitation, now=late).sentence
    )


@pytest.mark.at_week(0)
def test_resend_office_invitation_spends_the_old_link(world: World, client: StrictClient) -> None:
    invitation = invite(world)
    old = link_in_the_post()
    client.as_(world.people["programme_manager"])
    url = reverse("accounts:resend-office-invitation", args=[invitation.pk])
    at_once = client.post(url, follow=True).content.decode()
    assert "was sent less than a minute ago" in at_once
    with time_machine.travel(world.now + timedelta(days=30), tick=False):
        client.as_(world.people["programme_manager"])
        assert "the link ran out" in client.get("/people/").content.decode()
        assert "A new link is on its way" in client.post(url, follow=True).content.decode()
        new = link_in_the_post()
        assert StrictClient().get(old).status_code == 404
        assert StrictClient().get(new).status_code == 200
    sentence = record.last_sentence()
    assert sentence.startswith("Una Breck sent the invitation of Shona Airlie")
    accept_office_invitation(
        OfficeInvitation.objects.get(), person=None, password=PASSWORD, at=world.now
    )
    with pytest.raises(Refused, match="Shona Airlie has accepted already"):
        resend_office_invitation(invitation, by=world.people["programme_manager"], at=world.now)


@pytest.mark.at_week(0)
def test_withdraw_office_invitation(world: World, client: StrictClient) -> None:
    invitation, una = invite(world), world.people["programme_manager"]
    link = link_in_the_post()
    client.as_(una)
    url = reverse("accounts:withdraw-office-invitation", args=[invitation.pk])
    for sentence in ("Its link no longer opens.", "is withdrawn already."):
        assert sentence in client.post(url, follow=True).content.decode()
    assert record.last_sentence().startswith("Una Breck withdrew the invitation of Shona Airlie")
    answer = StrictClient().get(link)
    assert answer.status_code == 410
    assert "This invitation was withdrawn on 29 August 2025." in answer.content.decode()
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_office_invitation(invitation, by=una, at=world.now)
    assert invite(world).pk != invitation.pk


@pytest.mark.django_db
def test_the_first_programme_manager_belongs_to_the_care_inspectorate() -> None:
    for email in ("first@example.org", "second@example.org"):
        person = User.objects.create_superuser(email, PASSWORD, name="First")
        assert str(person.agency) == "Care Inspectorate"
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_an_office_link_that_nobody_was_sent_opens_nothing(client: StrictClient) -> None:
    assert client.get("/office/nonsense/").status_code == 404
    assert len(hash_of("nonsense")) == 64


@pytest.mark.at_week(14)
def test_nobody_comes_to_an_office_unseen(world: World, client: StrictClient) -> None:
    """A programme manager who invites a mailbox of their own is seen by the others who hold offices."""
    manager, other = world.people["programme_manager"], world.people["service_manager"]
    invite_office_holder(
        email="pm.two@care.example",
        name="Pat Two",
        designation="Manager",
        agency=manager.agency,
        role=Role.SERVICE_MANAGER,
        by=manager,
        at=world.now,
    )
    run_jobs()
    told = [one for one in outbox.outbox if one.subject == "Offices of the programme change"]
    assert [one.to for one in told] == [[other.email]]
    assert f"{manager} invited Pat Two as service manager." in told[0].body
    assert "The invitation went to pm.two@care.example." in told[0].body

    before = len(outbox.outbox)
    tell_of_office(Event.objects.get(name="accounts.office_holder_invited"))
    run_jobs()
    assert len(outbox.outbox) == before


@pytest.mark.at_week(14)
def test_invite_office_holder_twice_is_said_in_a_sentence(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    typed = {
        "name": "Pat Two",
        "email": "pm.two@care.example",
        "designation": "Manager",
        "role": "service_manager",
    }
    assert client.post(reverse("accounts:invite-office-holder"), typed).status_code == 302
    again = client.post(reverse("accounts:invite-office-holder"), typed).content.decode()
    assert "is already invited as service manager" in again


def test_accept_office_invitation_writes_to_whom_it_was_sent(
    world: World, client: StrictClient
) -> None:
    invite(world)
    client.post(link_in_the_post(), {"password": PASSWORD, "again": PASSWORD})
    letter = Letter.objects.get(template="accounts/office_taken_by_link")
    una = world.people["programme_manager"]
    assert letter.to == NEW
    assert f"tell {una.name} ({una.email}) at once" in " ".join(letter.body.split())


def test_accept_office_invitation_opened_in_vain_is_on_record_once_a_day(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world)
    link = link_in_the_post()
    before = record.count()
    other = StrictClient().as_(world.people["lead"])
    for _ in range(2):
        other.get(link)
    assert record.count() == before + 1
    assert "Isla Dunmore opened the invitation of Shona Airlie as" in record.last_sentence()
    withdraw_office_invitation(invitation, by=world.people["programme_manager"], at=world.now)
    for _ in range(2):
        client.get(link)
    assert record.count() == before + 3
    assert "was opened after it was withdrawn" in record.last_sentence()
