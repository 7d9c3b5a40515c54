"""A code that is read out on the telephone, for when no letter arrives."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.urls import reverse

from accounts.models import User
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.invitations import accept_invitation, withdraw_invitation
from inspections.actions.joining_codes import (
    count_wrong_code,
    join_by_code,
    keep_from_browser,
    keep_from_maker,
    make_joining_code,
)
from inspections.models import Invitation, JoiningCode, Membership
from inspections.models.joining_code import ALPHABET, TRIES, hash_of_code, new_code
from inspections.rules.joining_codes import NOT_TOGETHER
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import NEW, PASSWORD, invite, link_in_the_post, url
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

JOIN = reverse("inspections:join-by-code")


def make(world: World, invitation: Invitation) -> str:
    return make_joining_code(invitation, by=world.people["support_officer"], at=world.now)


def _main(page: str) -> str:
    """What a page says, without the code that was typed and the mark against forgery."""
    return re.sub(r'value="[^"]*"', "", page.partition("<main")[2])


def test_a_code_is_short_and_cannot_be_misread() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}( [{ALPHABET}]{{4}}){{2}}", code) for code in codes)
    assert not set(ALPHABET) & set("01OIL5S8B2Z") - {"2", "8"}
    assert hash_of_code("7kq2-hj4a w9rx") == hash_of_code("7KQ2 HJ4A W9RX")


@pytest.mark.at_week(1)
def test_make_joining_code_keeps_no_code(world: World) -> None:
    invitation = invite(world)
    before = record.count()
    code = make(world, invitation)
    kept = JoiningCode.objects.get()
    assert kept.code_hash == hash_of_code(code)
    assert kept.expires_at - world.now == timedelta(days=2)
    assert record.count() == before + 1
    assert record.last_sentence() == "Jean Alder made a code to read out to Rona Brae."
    assert not any(code in str(event) for event in [record.last_event().details])

    newer = make(world, invitation)
    assert not join_by_code(email=NEW, code=code, at=world.now).verdict
    assert join_by_code(email=NEW, code=newer, at=world.now).verdict


@pytest.mark.at_week(1)
def test_make_joining_code_that_fails_leaves_nothing_behind(world: World) -> None:
    invitation = invite(world)
    before = record.count()
    undone(lambda: make(world, invitation))
    assert not JoiningCode.objects.exists()
    assert record.count() == before


@pytest.mark.at_week(1)
def test_may_make_joining_code(world: World) -> None:
    invitation = invite(world)
    assert rules.may_make_joining_code(invitation, now=world.now)
    late = rules.may_make_joining_code(invitation, now=world.now + timedelta(days=28))
    assert late.sentence == (
        "The invitation of Rona Brae ran out on 3 October 2025. Send it again, then make a code."
    )
    withdrawn = withdraw_invitation(
        invitation, reason="", by=world.people["lead"], at=world.now + timedelta(minutes=1)
    )
    assert rules.may_make_joining_code(withdrawn, now=world.now).sentence == (
        "The invitation of Rona Brae was withdrawn. Invite them again, then make a code."
    )
    again = invite(world)
    accept_invitation(again, person=None, password=PASSWORD, at=world.now)
    with pytest.raises(Refused, match="Rona Brae has joined already"):
        make(world, again)


@pytest.mark.at_week(3)
def test_can_make_joining_code(world: World) -> None:
    invitation = invite(world)
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_make_joining_code(person, invitation, now=world.now)
    }
    assert allowed == {"lead", "depute", "support_officer", "coordinator"}


@pytest.mark.at_week(1)
def test_make_joining_code_page_shows_it_once(world: World, client: StrictClient) -> None:
    address = url(world, "make-joining-code", invite(world).pk)
    client.as_(world.people["support_officer"])
    assert 'id="code"' not in client.get(address).content.decode()
    page = client.post(address).content.decode()
    shown = re.search(r'id="code">([^<]+)<', page)
    assert shown
    assert JoiningCode.objects.get().code_hash == hash_of_code(shown[1])
    assert f"http://testserver{JOIN}" in page
    assert shown[1] not in client.get(address).content.decode()
    team = client.get(url(world, "team")).content.decode()
    assert "a code was made and lasts until Sunday 7 September 2025" in team


@pytest.mark.at_week(1)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_make_joining_code_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "make-joining-code", invite(world).pk)
    assert client.as_(world.people[key]).post(address).status_code == status
    assert not JoiningCode.objects.exists()


@pytest.mark.at_week(1)
def test_join_by_code_joins_without_any_letter(world: World, client: StrictClient) -> None:
    code = make(world, invite(world))
    typed = {"email": f" {NEW.upper()} ", "code": code.lower().replace(" ", "-")}
    page = client.post(JOIN, typed, follow=True)
    assert "Jean Alder invites Rona Brae as chief officer." in page.content.decode()
    assert record.last_sentence() == (
        "The code that was read out to Rona Brae was typed: the page to join opened."
    )
    link = page.redirect_chain[0][0]
    response = client.post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert "You have joined as chief officer." in response.content.decode()
    assert Membership.objects.get(person__email=NEW).role == "chief_officer"

    used = StrictClient().post(JOIN, typed)
    assert "do not go together" in used.content.decode()


def joined(world: World, client: StrictClient) -> User:
    """Somebody new has joined by the code that the support officer made."""
    code = make(world, invite(world))
    link = client.post(JOIN, {"email": NEW, "code": code})["Location"]
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    return User.objects.get(email=NEW)


@pytest.mark.at_week(1)
def test_join_by_code_leaves_the_address_unproved_until_its_letter_is_opened(
    world: World, client: StrictClient
) -> None:
    """Whoever made the code could have typed it: only a letter shows who reads the inbox."""
    person = joined(world, client)
    assert not EmailAddress.objects.get(user=person).verified
    assert record.last_sentence() == (
        "Rona Brae joined as chief officer, by a code that was read out."
    )
    support = StrictClient().as_(world.people["support_officer"])
    unproved = "by a code; the address is not yet proved"
    assert unproved in support.get(url(world, "team")).content.decode()

    own = client.get(reverse("account_email")).content.decode()
    assert "nothing shows yet that you read the letters" in own
    assert "Keep the old address" not in own

    run_jobs()
    letter = next(one for one in outbox.outbox if one.subject.startswith("Somebody joined with"))
    assert letter.to == [NEW]
    assert "If it was not you, do not open the link. Tell Isla Dunmore" in letter.body
    assert f"http://testserver{reverse('account_reset_password')}" in letter.body
    link = re.search(r"http://testserver(/account/confirm\S+)", letter.body)
    assert link
    assert link[1] not in Letter.objects.get(template="inspections/joined_by_code").body
    anybody = StrictClient()
    assert "Sign in first" in anybody.get(link[1]).content.decode()
    anybody.post(link[1])
    assert not EmailAddress.objects.get(user=person).verified
    client.post(link[1])
    assert EmailAddress.objects.get(user=person).verified
    assert (
        record.last_sentence() == "Rona Brae proved their e-mail address by the link in a letter."
    )
    assert unproved not in support.get(url(world, "team")).content.decode()


@pytest.mark.at_week(1)
def test_who_joined_in_anothers_name_is_put_out_by_a_new_password(
    world: World, client: StrictClient
) -> None:
    person = joined(world, client)
    assert client.get(url(world, "address-proof")).status_code == 200
    owner = StrictClient()
    owner.post(reverse("account_reset_password"), {"email": NEW})
    run_jobs()
    bodies = "".join(one.body for one in outbox.outbox if one.to == [NEW])
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", bodies)
    assert link
    page = owner.get(link[1], follow=True)
    new = "four words nobody guesses"
    owner.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert EmailAddress.objects.get(user=person).verified
    assert client.get(url(world, "address-proof")).status_code == 302


@pytest.mark.at_week(1)
def test_join_by_the_letters_link_proves_the_address(world: World, client: StrictClient) -> None:
    make(world, invite(world))
    client.post(link_in_the_post(), {"password": PASSWORD, "again": PASSWORD})
    assert EmailAddress.objects.get(email=NEW).verified
    assert not Letter.objects.filter(template="inspections/joined_by_code").exists()


@pytest.mark.at_week(1)
def test_keep_from_maker_opens_nothing_to_who_made_the_code_and_says_so_in_the_log(
    world: World, client: StrictClient
) -> None:
    code = make(world, invite(world))
    client.as_(world.people["support_officer"])
    shown = client.post(JOIN, {"email": NEW, "code": code})
    assert "You made this code." in shown.content.decode()
    assert not JoiningCode.objects.get().link_hash
    assert record.last_sentence() == (
        "Jean Alder typed the code that they had made for Rona Brae: it opened nothing."
    )
    assert StrictClient().post(JOIN, {"email": NEW, "code": code}).status_code == 302


@pytest.mark.at_week(1)
def test_keep_from_maker_that_fails_leaves_nothing_behind(world: World) -> None:
    make(world, invite(world))
    found, before = JoiningCode.objects.get(), record.count()
    undone(lambda: keep_from_maker(found, by=world.people["support_officer"], at=world.now))
    assert record.count() == before


@pytest.mark.at_week(1)
def test_keep_from_browser_where_the_code_was_made_after_signing_out(
    world: World, client: StrictClient
) -> None:
    invitation = invite(world)
    client.as_(world.people["support_officer"])
    page = client.post(url(world, "make-joining-code", invitation.pk)).content.decode()
    shown = re.search(r'id="code">([^<]+)<', page)
    assert shown
    typed = {"email": NEW, "code": shown[1]}
    client.post(reverse("account_logout"))
    with time_machine.travel(world.now + timedelta(hours=47), tick=False):
        assert "This code was made in this browser." in client.post(JOIN, typed).content.decode()
    assert not JoiningCode.objects.get().link_hash
    assert record.last_sentence() == (
        "The code for Rona Brae was typed in a browser of Jean Alder, who had made it: it opened nothing."
    )
    cookie = client.cookies["made_codes"]
    assert (cookie["httponly"], cookie["max-age"]) == (True, 2 * 24 * 60 * 60)

    forged = StrictClient()
    forged.cookies["made_codes"] = "1.2.3"
    assert forged.post(JOIN, typed).status_code == 302
    assert client.post(JOIN, {**typed, "code": make(world, invitation)}).status_code == 200


@pytest.mark.at_week(1)
def test_keep_from_browser_that_fails_leaves_nothing_behind(world: World) -> None:
    make(world, invite(world))
    found, before = JoiningCode.objects.get(), record.count()
    undone(lambda: keep_from_browser(found, at=world.now))
    assert record.count() == before


@pytest.mark.at_week(1)
def test_join_by_code_says_the_same_whoever_types(world: World, client: StrictClient) -> None:
    """Nobody learns from an answer whether somebody is invited: not from one, from five or from six, nor a day later."""
    code = make(world, invite(world))
    for hours in (0, 25):  # the code lasts two days
        with time_machine.travel(world.now + timedelta(hours=hours, minutes=hours), tick=False):
            seen = {}
            for email in (NEW, "nobody@glenmarrow.example"):
                wrong = {"email": email, "code": code if email != NEW else "2222 2222 2222"}
                pages = [client.post(JOIN, wrong).content.decode() for _ in range(TRIES + 1)]
                seen[email] = [_main(page).replace(email, "") for page in pages]
            assert seen[NEW] == seen["nobody@glenmarrow.example"]
    spent = client.post(JOIN, {"email": NEW, "code": code})
    assert NOT_TOGETHER in spent.content.decode()
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.at_week(1)
def test_join_by_code_counts_wrong_tries_on_the_record(world: World) -> None:
    invitation = invite(world)
    code = make(world, invitation)
    for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is", "no try is"):
        join_by_code(email=NEW, code="wrong", at=world.now)
        assert record.last_sentence() == (
            f"A wrong code was typed for the invitation of Rona Brae; {left} left."
        )
    before = record.count()
    tried = join_by_code(email=NEW, code=code, at=world.now)
    assert (tried.verdict.sentence, tried.secret) == (NOT_TOGETHER, "")
    assert record.count() == before
    assert join_by_code(email=NEW, code=make(world, invitation), at=world.now).secret


@pytest.mark.at_week(1)
def test_count_wrong_code_that_fails_leaves_nothing_behind(world: World) -> None:
    make(world, invite(world))
    undone(lambda: count_wrong_code(JoiningCode.objects.get(), at=world.now))
    assert JoiningCode.objects.get().wrong_tries == 0


@pytest.mark.at_week(1)
def test_may_join_by_code(world: World) -> None:
    invitation = invite(world)
    code = make(world, invitation)
    found = JoiningCode.objects.select_related("invitation").get()
    assert rules.may_join_by_code(found, code=code, now=world.now)
    late = world.now + timedelta(days=2)
    assert rules.may_join_by_code(found, code=code, now=late).sentence == NOT_TOGETHER
    withdraw_invitation(invitation, reason="", by=world.people["lead"], at=world.now)
    assert not join_by_code(email=NEW, code=code, at=world.now).verdict


@pytest.mark.at_week(1)
def test_join_by_code_opens_a_link_that_ends_with_the_code(
    world: World, client: StrictClient
) -> None:
    code = make(world, invite(world))
    link = client.post(JOIN, {"email": NEW, "code": code})["Location"]
    assert client.get(link).status_code == 200
    with time_machine.travel(world.now + timedelta(days=2, minutes=1)):
        assert client.get(link).status_code == 404


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "rona", "code": "7KQ2"}, "Write the e-mail address in full"),
        ({"email": NEW, "code": ""}, "Write the code."),
        ({"email": NEW, "code": "7" * 41}, "Shorten it to 40 or fewer."),
    ],
)
def test_join_by_code_with_a_bad_form(
    world: World, client: StrictClient, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in client.post(JOIN, typed).content.decode()


@pytest.mark.at_week(1)
def test_join_by_code_slows_down_who_tries_many_addresses(
    world: World, client: StrictClient
) -> None:
    code = make(world, invite(world))
    for number in range(20):
        client.post(JOIN, {"email": f"nobody{number}@glenmarrow.example", "code": code})
    response = client.post(JOIN, {"email": NEW, "code": code})
    assert response.status_code == 429
    assert "There were too many tries from where you are." in response.content.decode()
    assert JoiningCode.objects.get().wrong_tries == 0
