"""Inviting somebody, sending the link again, and joining."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, FormerAddress, User
from accounts.models.sent_invitation import hash_of
from accounts.roles import PARTNERSHIP_ROLES, TEAM_ROLES, Role
from core.mail import FORGOTTEN
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.invitations import (
    accept_invitation,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from inspections.actions.team import change_last_day, end_team_member
from inspections.models import Inspection, Invitation, Membership
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

NEW = "rona.brae@glenmarrow.example"
PASSWORD = "three unlikely words"


def council() -> Agency:
    return Agency.objects.get(name="Glenmarrow Council")


def invite(world: World, **changes: Any) -> Invitation:
    """The support officer invites somebody new as chief officer, now."""
    usual = {
        "email": NEW,
        "name": "Rona Brae",
        "designation": "Director",
        "agency": council(),
        "role": Role.CHIEF_OFFICER,
        "until": None,
        "by": world.people["support_officer"],
        "at": world.now,
    }
    return invite_person(world.inspection, **{**usual, **changes})


def link_in_the_post() -> str:
    """The path of the link that was e-mailed last."""
    run_jobs()
    bodies = [
        message.body for message in outbox.outbox if "To join, open this link" in message.body
    ]
    found = re.search(r"http://testserver(/join/\S+/)", bodies[-1])
    assert found
    return found[1]


def url(world: World, page: str, *args: Any) -> str:
    return reverse(f"inspections:{page}", args=[world.inspection.reference, *args])


# ---------- Inviting ----------


@pytest.mark.at_week(3)
def test_invite_person_is_refused_from_an_agency_of_another_area(world: World) -> None:
    stranger = Agency.objects.get(name="Otherglen Council")
    with pytest.raises(Refused) as refusal:
        invite(world, agency=stranger)
    assert str(refusal.value) == (
        "Rona Brae belongs to Otherglen Council, which is not of the partnership of Glenmarrow. "
        "Choose one of its agencies."
    )
    assert not Invitation.objects.filter(email=NEW).exists()


@pytest.mark.at_week(3)
def test_invite_person_offers_the_agencies_of_this_area_alone(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["coordinator"]).get(url(world, "invite-person")).content.decode()
    offered = set(re.findall(r"<option value=\"\d+\">([^<]+)</option>", page))
    assert {"Glenmarrow Council", "NHS Glenmarrow", "Glenmarrow Voluntary Action"} <= offered
    assert not offered & {"Otherglen Council", "Fife Council", "NHS Fife", "Care Inspectorate"}
    both = client.as_(world.people["lead"]).get(url(world, "invite-person")).content.decode()
    assert "Care Inspectorate" in both and "Fife Council" not in both


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        (
            {"role": Role.INSPECTION_COORDINATOR},
            "Morag Finlas is inspection co-ordinator already. End that first.",
        ),
        (
            {"role": Role.INSPECTION_LEAD, "agency": "Glenmarrow Council"},
            "Rona Brae does not belong to one of the four inspectorates.",
        ),
        (
            {"role": Role.STRATEGIC_INSPECTOR, "agency": "Education Scotland"},
            "The strategic inspector comes from the Care Inspectorate.",
        ),
        (
            {"role": Role.CONTRIBUTOR, "agency": "Care Inspectorate"},
            "Care Inspectorate inspects, and nobody of it is of the partnership. Choose one of the partnership's agencies.",
        ),
        (
            {"email": "ross"},
            "other.lead@otherglen.example cannot be invited to the partnership's side. Look at the address letter by letter. If it is "
            "right, ask the support officer of this inspection.",
        ),
    ],
)
def test_may_invite_person(world: World, changes: dict[str, Any], sentence: str) -> None:
    email = world.people["other_lead"].email if "email" in changes else NEW
    verdict = rules.may_invite_person(
        world.inspection,
        role=changes.get("role", Role.CHIEF_OFFICER),
        email=email,
        name="Rona Brae",
        agency=Agency.objects.get(name=changes.get("agency", "Glenmarrow Council")),
    )
    assert verdict.sentence == sentence


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("planned", "The partnership is invited after it has been notified."),
        ("closed", "This inspection is closed."),
        ("phase_two", ""),
    ],
)
def test_may_invite_person_while_the_inspection_runs(
    world: World, state: str, sentence: str
) -> None:
    Inspection.objects.update(
        state=state, notified_on=None if state == "planned" else date(2025, 8, 29)
    )
    verdict = rules.may_invite_person(
        Inspection.objects.get(), role=Role.CHIEF_OFFICER, email=NEW, name="R", agency=council()
    )
    assert verdict.sentence == sentence


@pytest.mark.at_week(3)
def test_can_invite_person(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_invite_person(person, world.inspection)
    }
    assert allowed == {"programme_manager", "lead", "depute", "support_officer", "coordinator"}
    offered = permissions.roles_invited_by(world.people["coordinator"], world.inspection)
    assert set(offered) == PARTNERSHIP_ROLES
    both = permissions.roles_invited_by(world.people["lead"], world.inspection)
    assert set(both) == PARTNERSHIP_ROLES | TEAM_ROLES


@pytest.mark.at_week(1)
def test_invite_person_posts_a_link_and_keeps_no_secret(world: World) -> None:
    before = record.count()
    invitation = invite(world)
    assert record.count() == before + 1
    assert record.last_sentence() == "Jean Alder invited Rona Brae as chief officer."
    assert invitation.expires_at - world.now == timedelta(days=28)

    secret = link_in_the_post().split("/")[2]

    assert invitation.secret_hash == hash_of(secret)
    letter = Letter.objects.get(to=NEW)
    assert letter.body == FORGOTTEN
    assert letter.sent_at is not None
    assert [message.to for message in outbox.outbox if secret in message.body] == [[NEW]]


@pytest.mark.at_week(1)
def test_invite_person_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), Letter.objects.count()
    undone(lambda: invite(world))
    with pytest.raises(Refused, match="has gone by"):
        invite(world, until=date(2025, 9, 4))
    assert not Invitation.objects.exists()
    assert (record.count(), Letter.objects.count()) == before


@pytest.mark.at_week(1)
def test_invite_person_is_open_once(world: World) -> None:
    invite(world)
    with pytest.raises(Refused, match="is already invited as chief officer"):
        invite(world, email=NEW.upper())
    invite(world, role=Role.CONTRIBUTOR)
    assert Invitation.objects.count() == 2


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Rona Brae",
        "email": NEW,
        "designation": "",
        "agency": council().pk,
        "role": "chief_officer",
        "until": "",
        **changes,
    }


@pytest.mark.at_week(1)
def test_invite_person_page_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    assert client.get(url(world, "invite-person")).status_code == 200
    for sentence in ("The invitation is on its way to", "is already invited as chief officer"):
        response = client.post(url(world, "invite-person"), typed(), follow=True)
        assert response.redirect_chain == [(url(world, "team"), 302)]
        assert sentence in response.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "rona"}, "Write the e-mail address in full"),
        ({"role": "inspection_lead"}, "does not belong to one of the four inspectorates"),
        ({"agency": ""}, "Choose the agency."),
        ({"name": ""}, "Write the name."),
        ({"until": "1 January 2020"}, "1 January 2020 has gone by."),
    ],
)
def test_invite_person_with_a_bad_form(
    world: World, client: StrictClient, changes: dict[str, Any], sentence: str
) -> None:
    client.as_(world.people["lead"])
    response = client.post(url(world, "invite-person"), typed(**changes))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.at_week(3)
def test_invite_person_page_offers_a_coordinator_the_partnership_only(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["coordinator"])
    response = client.post(url(world, "invite-person"), typed(role="inspection_lead"))
    assert "Select a valid choice" in response.content.decode()
    assert not Invitation.objects.filter(email=NEW).exists()


@pytest.mark.at_week(1)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_invite_person_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    response = client.as_(world.people[key]).post(url(world, "invite-person"), typed())
    assert response.status_code == status
    if status == 403:
        assert "invites people to the partnership" in response.content.decode()


# ---------- Sending it again ----------


@pytest.mark.at_week(1)
def test_resend_invitation_opens_a_new_link_and_closes_the_old(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world)
    old = link_in_the_post()
    before = record.count()
    again = resend_invitation(
        invitation, by=world.people["lead"], at=world.now + timedelta(days=20)
    )
    assert again.expires_at - world.now == timedelta(days=48)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Isla Dunmore sent the invitation of Rona Brae as chief officer again."
    )
    new = link_in_the_post()
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


@pytest.mark.at_week(1)
def test_resend_invitation_not_to_an_address_that_was_given_up(world: World) -> None:
    """A new link would open a second account for somebody who has one, at an address that they do not read."""
    invitation = invite(world)
    FormerAddress.objects.create(
        person=world.people["inspector"], email=invitation.email, left_at=world.now
    )
    assert rules.may_resend_invitation(invitation)  # given up before they were invited there
    FormerAddress.objects.update(left_at=world.now + timedelta(days=1))
    assert rules.may_resend_invitation(invitation).sentence == (
        "Rona Brae has another e-mail address since. Withdraw this invitation and invite them at the new one."
    )
    resent = Invitation.objects.get(pk=invitation.pk)
    resent.renew(
        at=world.now + timedelta(days=2)
    )  # as one that was sent again before this was refused
    assert not rules.may_accept_invitation(resent, now=world.now + timedelta(days=2))


@pytest.mark.at_week(1)
def test_resend_invitation_page_lets_a_double_click_pass(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world)
    address = url(world, "resend-invitation", invitation.pk)
    with time_machine.travel(world.now + timedelta(days=3), tick=True):
        client.as_(world.people["support_officer"])
        first = client.post(address, follow=True)
        second = client.post(address, follow=True)
    assert f"A new link is on its way to {NEW}" in first.content.decode()
    assert "was sent less than a minute ago" in second.content.decode()
    assert Letter.objects.filter(to=NEW).count() == 2


@pytest.mark.at_week(1)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_resend_invitation_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "resend-invitation", invite(world).pk)
    assert client.as_(world.people[key]).post(address).status_code == status


@pytest.mark.at_week(1)
def test_resend_invitation_not_of_one_who_has_joined(world: World) -> None:
    invitation = invite(world)
    accept_invitation(invitation, person=None, password=PASSWORD, at=world.now)
    with pytest.raises(Refused, match="Rona Brae has joined already"):
        resend_invitation(invitation, by=world.people["lead"], at=world.now)


# ---------- Joining ----------


@pytest.mark.at_week(1)
def test_accept_invitation_of_a_new_person(world: World, client: StrictClient) -> None:
    invite(world, until=date(2025, 12, 1))
    link = link_in_the_post()
    assert "Jean Alder invites Rona Brae as chief officer." in client.get(link).content.decode()

    response = client.post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)

    assert "You have joined as chief officer." in response.content.decode()
    person = User.objects.get(email=NEW)
    assert (person.name, person.designation, person.agency) == ("Rona Brae", "Director", council())
    assert person.check_password(PASSWORD)
    membership = Membership.objects.get(person=person)
    assert (membership.role, membership.until) == ("chief_officer", date(2025, 12, 1))
    assert membership.named_by == world.people["support_officer"]
    assert record.last_sentence() == "Rona Brae joined as chief officer."
    assert record.last_event().by_id == person.pk
    again = client.post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert "You have joined already." in again.content.decode()
    assert Membership.objects.filter(person=person).count() == 1


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "short", "This password is too short."),
        (PASSWORD, PASSWORD + "!", "The two passwords are not the same."),
        ("", "", "Write the password."),
        ("123456789012345", "123456789012345", "entirely numeric"),
    ],
)
def test_accept_invitation_with_a_bad_password(
    world: World, client: StrictClient, password: str, again: str, sentence: str
) -> None:
    invite(world)
    response = client.post(link_in_the_post(), {"password": password, "again": again})
    assert sentence in response.content.decode()
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.at_week(1)
def test_accept_invitation_of_a_known_person_asks_them_to_sign_in(
    world: World, client: StrictClient
) -> None:
    person = world.people["chief_officer"]
    invite(world, email=person.email, name=person.name)
    link = link_in_the_post()
    page = client.get(link).content.decode()
    assert "You have an account already." in page
    assert "Sign in to join" in page
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert not Membership.objects.filter(person=person).exists()
    assert not person.check_password(PASSWORD)

    response = client.as_(person).post(link, follow=True)
    assert "You have joined as chief officer." in response.content.decode()
    assert Membership.objects.get(person=person).role == Role.CHIEF_OFFICER


@pytest.mark.at_week(1)
def test_invite_person_asks_a_known_person_to_sign_in(world: World) -> None:
    person = world.people["chief_officer"]
    invite(world)
    invite(world, email=person.email, name=person.name)
    run_jobs()
    bodies = {message.to[0]: message.body for message in outbox.outbox}
    assert "open this link and choose a password:" in bodies[NEW]
    assert "open this link and sign in with the password that you have:" in bodies[person.email]


@pytest.mark.at_week(1)
def test_team_page_shows_where_an_open_invitation_went(world: World, client: StrictClient) -> None:
    invite(world)
    page = client.as_(world.people["lead"]).get(
        reverse("inspections:team", args=[world.inspection.reference])
    )
    assert f"Sent to {NEW}" in page.content.decode()


@pytest.mark.at_week(1)
def test_accept_invitation_as_somebody_else_changes_nothing(
    world: World, client: StrictClient
) -> None:
    invite(world)
    link = link_in_the_post()
    client.as_(world.people["other_lead"])
    page = client.get(link).content.decode()
    assert f"You are signed in as {world.people['other_lead'].email}." in page
    assert "Sign out and go on as Rona Brae" in page

    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert not User.objects.filter(email=NEW).exists()
    with pytest.raises(Refused, match=f"This invitation is for {NEW}"):
        accept_invitation(
            Invitation.objects.get(), person=world.people["other_lead"], password=None, at=world.now
        )

    response = client.post(reverse("account_logout"), {"next": link})
    assert response["Location"] == link
    assert "the password that you choose here" in client.get(link).content.decode()


@pytest.mark.at_week(1)
def test_accept_invitation_that_has_run_out(world: World, client: StrictClient) -> None:
    invite(world)
    link = link_in_the_post()
    with time_machine.travel(world.now + timedelta(days=28)):
        response = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 410
    page = response.content.decode()
    assert "This invitation ran out on 3 October 2025. Ask Jean Alder to send it again." in page
    assert world.people["support_officer"].telephone in page
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.at_week(1)
def test_accept_invitation_used_by_somebody_is_used(world: World, client: StrictClient) -> None:
    invite(world)
    link = link_in_the_post()
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    response = StrictClient().get(link)
    assert response.status_code == 410
    assert "This invitation has been used." in response.content.decode()


@pytest.mark.at_week(1)
def test_accept_invitation_whose_role_was_taken_meanwhile(
    world: World, client: StrictClient
) -> None:
    role = Role.INSPECTION_COORDINATOR
    invite(world, role=role)
    link = link_in_the_post()
    quicker = invite(world, role=role, email="quick@glenmarrow.example", name="Quick Brae")
    accept_invitation(quicker, person=None, password=PASSWORD, at=world.now)

    response = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 410
    assert (
        "Quick Brae is inspection co-ordinator already. Ask Jean Alder what to do."
        in response.content.decode()
    )
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.at_week(1)
def test_accept_invitation_follows_one_whose_last_day_has_gone_by(world: World) -> None:
    role = Role.INSPECTION_COORDINATOR
    first = invite(world, role=role, until=date(2025, 9, 5))
    accept_invitation(first, person=None, password=PASSWORD, at=world.now)
    later = world.now + timedelta(days=7)
    with time_machine.travel(later):
        second = invite(world, role=role, email="next@glenmarrow.example", name="Next", at=later)
        membership = accept_invitation(second, person=None, password=PASSWORD, at=later)
    assert Membership.objects.filter(role=role, ended_at__isnull=True).get() == membership


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "closed"}, "This inspection is closed. There is nothing left to join."),
        ({"until": date(2025, 9, 4)}, "This invitation was for work until 4 September 2025"),
    ],
)
def test_accept_invitation_that_makes_no_sense_any_more(
    world: World, client: StrictClient, change: dict[str, Any], sentence: str
) -> None:
    invite(world)
    link = link_in_the_post()
    (Inspection if "state" in change else Invitation).objects.update(**change)
    response = client.get(link)
    assert response.status_code == 410
    assert sentence in response.content.decode()
    with pytest.raises(Refused):
        accept_invitation(Invitation.objects.get(), person=None, password=PASSWORD, at=world.now)


@pytest.mark.at_week(1)
def test_accept_invitation_that_fails_leaves_nothing_behind(world: World) -> None:
    invitation = invite(world)
    before = record.count()
    undone(lambda: accept_invitation(invitation, person=None, password=PASSWORD, at=world.now))
    assert not User.objects.filter(email=NEW).exists()
    assert Invitation.objects.get().accepted_at is None
    assert record.count() == before


@pytest.mark.at_week(1)
def test_accept_invitation_of_a_link_that_never_was(client: StrictClient, db: None) -> None:
    assert client.get("/join/not-a-secret/").status_code == 404


@pytest.mark.at_week(1)
def test_accept_invitation_after_ones_part_ended_needs_a_new_invitation(world: World) -> None:
    membership = accept_invitation(invite(world), person=None, password=PASSWORD, at=world.now)
    end_team_member(membership, by=world.people["lead"], at=world.now)
    assert not Inspection.objects.visible_to(membership.person).exists()
    accept_invitation(invite(world), person=membership.person, password=None, at=world.now)
    assert Inspection.objects.visible_to(membership.person).exists()


@pytest.mark.at_week(4)
def test_resend_invitation_of_the_team_is_not_the_coordinators(
    world: World, client: StrictClient
) -> None:
    invitation = invite_person(
        world.inspection,
        email="new.inspector@example.scot",
        name="Rhona Ord",
        designation="Inspector",
        agency=world.people["inspector"].agency,
        role=Role.STRATEGIC_INSPECTOR,
        until=None,
        by=world.people["lead"],
        at=world.now,
    )
    url = reverse("inspections:resend-invitation", args=[world.inspection.reference, invitation.pk])

    assert client.as_(world.people["coordinator"]).post(url).status_code == 404


@pytest.mark.at_week(1)
def test_accept_invitation_that_was_used_lets_whoever_is_signed_in_become_its_owner(
    world: World, client: StrictClient
) -> None:
    invite(world)
    link = link_in_the_post()
    StrictClient().post(link, {"password": PASSWORD, "again": PASSWORD})
    other = world.people["chief_officer"]
    page = client.as_(other).get(link).content.decode()
    assert "Jean Alder invited Rona Brae" in page
    assert f"You are signed in as {other.email}." in page
    assert "Sign out and sign in as Rona Brae" in page


@pytest.mark.at_week(1)
@pytest.mark.parametrize("signed_in", [True, False])
def test_accept_invitation_by_a_link_that_a_newer_letter_replaced_says_so(
    world: World, client: StrictClient, signed_in: bool
) -> None:
    invitation = invite(world)
    old = link_in_the_post()
    with time_machine.travel(world.now + timedelta(days=1)):
        resend_invitation(invitation, by=world.people["support_officer"], at=timezone.now())
        if signed_in:
            client.as_(world.people["chief_officer"])
        for link in (old, "/join/cut-in-tw/", "/office/cut-in-tw/"):
            response = client.get(link)
            assert response.status_code == 404
            assert "Where a newer letter has come" in response.content.decode()


@pytest.mark.at_week(4)
def test_accept_invitation_by_a_link_writes_to_whom_it_was_sent(
    world: World, client: StrictClient
) -> None:
    """A letter may have been sent on: whoever is invited reads that somebody joined in their name."""
    invite(world)
    client.post(link_in_the_post(), {"password": PASSWORD, "again": PASSWORD})
    letter = Letter.objects.get(template="inspections/joined_by_link", to=NEW)
    support = world.people["support_officer"]
    assert letter.to == NEW
    assert letter.subject == "Somebody joined with your invitation: joint inspection in Glenmarrow"
    assert f"tell {support.name} ({support.email}) at once" in " ".join(letter.body.split())
    assert reverse("account_reset_password") in letter.body


@pytest.mark.at_week(4)
def test_accept_invitation_opened_by_another_is_on_record_once_a_day(
    world: World, client: StrictClient
) -> None:
    invite(world)
    link = link_in_the_post()
    before = record.count()
    client.as_(world.people["chief_officer"])
    for _ in range(3):
        assert "This invitation is for" in client.get(link).content.decode()
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Iain Strathy opened the invitation of Rona Brae as chief officer, which is for somebody else."
    )


@pytest.mark.at_week(4)
def test_accept_invitation_opened_once_it_is_spent_is_on_record_once_a_day(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world)
    link = link_in_the_post()
    before = record.count()
    client.get(link)
    assert record.count() == before
    withdraw_invitation(invitation, reason="", by=world.people["support_officer"], at=world.now)
    for _ in range(3):
        assert client.get(link).status_code == 410
    assert record.count() == before + 2
    assert record.last_sentence() == (
        "The invitation of Rona Brae as chief officer was opened after it was withdrawn: it opened nothing."
    )


@pytest.mark.at_week(4)
def test_resend_invitation_after_the_clock_went_back_is_no_double_click(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world, at=world.now + timedelta(hours=1))
    client.as_(world.people["support_officer"])
    client.post(url(world, "resend-invitation", invitation.pk))
    again = Invitation.objects.get(pk=invitation.pk)
    assert again.secret_hash != invitation.secret_hash


@pytest.mark.at_week(1)
def test_team_page_says_who_is_invited_where_nobody_has_joined(
    world: World, client: StrictClient
) -> None:
    invite(world, role=Role.INSPECTION_COORDINATOR)
    page = client.as_(world.people["support_officer"]).get(url(world, "team")).content.decode()
    place = page[page.index("Inspection co-ordinator") :]
    place = place[: place.index("</li>")]
    assert "<strong>Rona Brae</strong>, Glenmarrow Council, invited today" in place
    assert "Nobody yet" not in place
    empty = page[page.index("Chief officer") :]
    empty = empty[: empty.index("</li>")]
    assert "Nobody yet" in empty and "?role=chief_officer" in empty
    other = client.as_(world.people["inspector"]).get(url(world, "team")).content.decode()
    assert "Rona Brae" not in other and "?role=chief_officer" not in other


@pytest.mark.at_week(1)
def test_team_page_puts_inviting_first_while_nobody_co_ordinates(
    world: World, client: StrictClient
) -> None:
    """The document pack waits for the co-ordinator; the team has its own needs later."""
    page = client.as_(world.people["support_officer"]).get(url(world, "team")).content.decode()
    assert f'<a class="ds_button" href="{url(world, "invite-person")}">' in page
    assert (
        f'<a class="ds_button ds_button--secondary" href="{url(world, "name-team-member")}">'
        in page
    )


@pytest.mark.at_week(1)
def test_invite_person_page_is_filled_in_by_its_link(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    address = f"{url(world, 'invite-person')}?role=contributor&agency={council().pk}"
    page = client.get(address).content.decode()
    assert f'<option value="{council().pk}" selected>' in page
    assert '<option value="contributor" selected>' in page
    assert client.get(f"{url(world, 'invite-person')}?agency=none").status_code == 200


@pytest.mark.at_week(1)
def test_invite_person_says_what_to_have_ready_and_until_when(
    world: World, client: StrictClient, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    invite(world, until=date(2025, 12, 1))
    link = link_in_the_post()
    words = " ".join(next(str(one.body) for one in outbox.outbox if one.to == [NEW]).split())
    assert "Your access ends by itself after Monday 1 December 2025." in words
    assert "Have your telephone beside you" in words
    assert (
        "Your access ends by itself after Monday 1 December 2025."
        in client.get(link).content.decode()
    )
    invite(world, email="reader@glenmarrow.example", role=Role.CONTRIBUTOR)
    run_jobs()
    letter = next(str(one.body) for one in outbox.outbox if one.to == ["reader@glenmarrow.example"])
    assert "Have your telephone" not in letter


@pytest.mark.at_week(1)
def test_accept_invitation_page_does_not_say_who_a_volunteer_is(
    world: World, client: StrictClient
) -> None:
    """Somebody may look over their shoulder."""
    invite(
        world,
        role=Role.YOUNG_INSPECTION_VOLUNTEER,
        agency=Agency.objects.get(kind="care_inspectorate"),
        until=date(2026, 3, 1),
        by=world.people["lead"],
    )
    page = client.get(link_in_the_post()).content.decode()
    assert "You join the team for some days and talk with children and young people." in page
    assert "care experienced" not in page


@pytest.mark.at_week(4)
def test_home_says_which_part_ended_and_whom_to_ask(world: World, client: StrictClient) -> None:
    chief = world.people["chief_officer"]
    part = Membership.objects.get(person=chief, ended_at__isnull=True)
    end_team_member(part, by=world.people["lead"], at=world.now)
    home = " ".join(client.as_(chief).get("/").content.decode().split())
    assert "You work on no inspection today. Your part in" in home
    assert "as chief officer ended on 26 September 2025." in home
    assert f"ask {world.people['support_officer'].name}" in home
    invitation = invite(world, email=chief.email, at=world.now + timedelta(minutes=1))
    withdraw_invitation(
        invitation, reason="", by=world.people["lead"], at=world.now + timedelta(minutes=2)
    )
    home = " ".join(client.get("/").content.decode().split())
    assert "as chief officer was withdrawn on 26 September 2025." in home
    assert "ask Isla Dunmore to invite you again." in home


@pytest.mark.at_week(4)
def test_home_and_overview_say_until_when_one_has_access(
    world: World, client: StrictClient
) -> None:
    chief = world.people["chief_officer"]
    part = Membership.objects.get(person=chief, ended_at__isnull=True)
    change_last_day(
        part, until=date(2025, 12, 1), reason="leaves", by=world.people["lead"], at=world.now
    )
    said = "as chief officer ends by itself after Monday 1 December 2025."
    for address in ("/", world.inspection.get_absolute_url()):
        assert said in client.as_(chief).get(address).content.decode()
