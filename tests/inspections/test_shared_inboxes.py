"""Shared inboxes can be told, people sign."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Agency
from accounts.roles import Role
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.notices import send_step_notice
from inspections.actions.shared_inboxes import add_shared_inbox, remove_shared_inbox
from inspections.models import Inspection, NoticeKind, SharedInbox
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import invite, url
from tests.inspections.record import undone
from workspace.example.world import World

INBOX = "childrens.planning@glenmarrow.example"

pytestmark = pytest.mark.at_week(4)


def council() -> Agency:
    return Agency.objects.get(name="Glenmarrow Council")


def add(world: World, **changes: Any) -> SharedInbox:
    usual = {"email": INBOX, "agency": council(), "by": world.people["coordinator"]}
    return add_shared_inbox(world.inspection, **{**usual, **changes}, at=world.now)


def test_add_and_remove_shared_inbox(world: World) -> None:
    before = record.count()
    undone(lambda: add(world))
    assert (record.count(), SharedInbox.objects.count()) == (before, 0)
    inbox = add(world, email=INBOX.upper())
    assert record.last_sentence() == (
        f"Morag Finlas let {INBOX}, a shared inbox of Glenmarrow Council, have copies."
    )
    with pytest.raises(Refused, match="gets copies already"):
        add(world)
    undone(lambda: remove_shared_inbox(inbox, by=world.people["lead"], at=world.now))
    remove_shared_inbox(inbox, by=world.people["lead"], at=world.now)
    assert record.last_sentence() == (
        f"Isla Dunmore took off {INBOX}, a shared inbox of Glenmarrow Council: it gets no copies any more."
    )
    with pytest.raises(Refused, match="gets no copies any more"):
        remove_shared_inbox(inbox, by=world.people["lead"], at=world.now)
    assert record.count() == before + 2
    add(world)


def test_may_add_shared_inbox(world: World) -> None:
    other = Agency.objects.get(name="Otherglen Council")
    own = world.people["coordinator"].email

    def sentence(**changes: Any) -> str:
        given = {"email": INBOX, "agency": council()} | changes
        return rules.may_add_shared_inbox(world.inspection, **given).sentence

    assert sentence() == ""
    assert sentence(agency=other) == (
        "Otherglen Council is not of the partnership of Glenmarrow. Choose one of its agencies."
    )
    assert sentence(email=own) == (
        f"{own} is the address with which somebody signs in. A shared inbox has an address of its own."
    )
    Inspection.objects.update(state="closed")
    closed = rules.may_add_shared_inbox(Inspection.objects.get(), email=INBOX, agency=council())
    assert closed.sentence == "This inspection is closed."


def test_can_add_and_remove_shared_inbox(world: World) -> None:
    inbox = add(world)
    may = {"lead", "depute", "support_officer", "coordinator"}
    for can in (
        lambda one: permissions.can_add_shared_inbox(one, world.inspection),
        lambda one: permissions.can_remove_shared_inbox(one, inbox),
    ):
        assert {key for key, person in world.people.items() if can(person)} == may


def test_a_shared_inbox_gets_a_copy_of_a_reminder_to_the_coordinators(world: World) -> None:
    add(world)
    officers = queries.holders_of(world.inspection, Role.SUPPORT_OFFICER)
    assert queries.inboxes_beside(world.inspection, officers) == []
    step = world.inspection.steps.get(key="staff_told")
    step.ends_on = world.now.date()
    step.starts_on = step.ends_on
    step.save()
    send_step_notice(step, kind=NoticeKind.DAYS_BEFORE, at=world.now)
    letters = Letter.objects.filter(template="inspections/step_due")
    assert {one.to for one in letters} == {world.people["coordinator"].email, INBOX}
    assert "Dear Glenmarrow Council," in letters.get(to=INBOX).body


def test_invite_person_never_invites_a_shared_inbox(world: World) -> None:
    add(world)
    with pytest.raises(Refused, match="it is told, and people sign"):
        invite(world, email=INBOX)


def test_invite_person_page_asks_about_an_address_that_looks_shared(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["coordinator"])
    address = url(world, "invite-person")
    assert 'name="is_own"' not in client.get(address).content.decode()
    typed = {
        "name": "Rona Brae",
        "email": "Office@glenmarrow.example",
        "agency": council().pk,
        "role": "chief_officer",
    }
    asked = client.post(address, typed).content.decode()
    assert "office@glenmarrow.example looks like a shared inbox." in asked
    assert 'name="is_own"' in asked and 'value="Rona Brae"' in asked
    assert not world.inspection.invitations.open().exists()
    client.post(address, {**typed, "is_own": "on"})
    assert world.inspection.invitations.open().get().email == "office@glenmarrow.example"


def test_add_shared_inbox_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["coordinator"])
    address, team = url(world, "add-shared-inbox"), url(world, "team")
    assert "None. Reminders and notices go to people alone." in client.get(team).content.decode()
    bad = client.post(address, {"email": "planning", "agency": ""}).content.decode()
    assert "Choose the agency." in bad and "Write the e-mail address in full" in bad
    typed = {"email": INBOX, "agency": council().pk}
    done = client.post(address, typed, follow=True).content.decode()
    assert f"{INBOX} gets copies from now on." in done
    assert f"{INBOX} gets copies already." in client.post(address, typed).content.decode()
    off = url(world, "remove-shared-inbox", SharedInbox.objects.get().pk)
    for _ in range(2):
        again = client.post(off, follow=True).content.decode()
        assert f"{INBOX} gets no copies any more." in again
    assert StrictClient().as_(world.people["inspector"]).post(off).status_code == 403
    assert StrictClient().as_(world.people["other_lead"]).post(off).status_code == 404


def test_add_shared_inbox_is_refused_with_the_address_of_somebody_who_is_invited(
    world: World,
) -> None:
    invite(world, email=INBOX)
    with pytest.raises(Refused, match="is the address of somebody who is invited"):
        add(world)
