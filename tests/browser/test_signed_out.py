"""A session that ends in the middle of any form: it is said, nothing is saved, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from inspections.models import Invitation
from tests.browser.desk import Desk, look
from workspace.example import cast
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(4)]
SIGNED_OUT = "You were signed out before this was sent. Nothing was saved."
OFFERED = "This browser kept it."
NAME, ADDRESS = "Ann Lee", "ann.lee@example.org"
DATES = {"starts_on": "2 December 2025", "ends_on": "4 December 2025"}
REASON = "Snow closed the roads"


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """The lead's window."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found.as_(world.people["lead"])


@pytest.fixture
def plain(browser: Browser, live_server: Any, sign_in: Any, world: World) -> Iterator[Desk]:
    """The lead's window without a script."""
    context = browser.new_context(java_script_enabled=False)
    found = Desk(context.new_page(), live_server.url, sign_in)
    found.reference = world.inspection.reference
    yield found.as_(world.people["lead"])
    context.close()


def invite(desk: Desk) -> Desk:
    """An invitation, typed and not sent."""
    desk.open("inspections:invite-person").fill(
        name=NAME, email=ADDRESS, role="associate_assessor", until="12 December 2025"
    )
    desk.page.locator("main select[name=agency]").select_option(index=1)
    return desk


def sign_in_again(desk: Desk, world: World, *, key: str = "lead") -> Desk:
    """By the link on the page, as this person."""
    desk.press("Sign in")
    desk.page.fill("[name=login]", world.people[key].email)
    desk.page.fill("[name=password]", cast.PASSWORD)
    desk.page.click("main button[type=submit]")
    return desk


def offers(desk: Desk) -> Any:
    return desk.page.locator("#journal-offer")


def keeps(desk: Desk, entries: int) -> None:
    """This browser has so many entries, once the scripts of the page have run."""
    desk.page.wait_for_load_state()
    assert desk.page.evaluate("Object.keys(localStorage).length") == entries


def test_an_invitation_sent_after_the_session_ended_is_offered_back_and_then_forgotten(
    desk: Desk, world: World, request: Any
) -> None:
    invite(desk)
    Session.objects.all().delete()
    desk.press("Send the invitation").sees(SIGNED_OUT, "This browser kept it too")
    look(desk, request, "signed-out")
    assert not Invitation.objects.filter(email=ADDRESS).exists()

    sign_in_again(desk, world)
    expect(offers(desk)).to_contain_text(OFFERED)
    assert desk.page.input_value("#id_name") == ""
    look(desk, request, "offered")
    desk.press("Put it back")
    assert desk.page.input_value("#id_name") == NAME
    assert desk.page.input_value("#id_email") == ADDRESS
    assert desk.page.input_value("#id_agency") != ""
    assert desk.page.input_value("#id_role") == "associate_assessor"

    desk.press("Send the invitation").sees(f"The invitation is on its way to {ADDRESS}.")
    keeps(desk, 0)
    desk.open("inspections:invite-person")
    expect(offers(desk)).to_have_count(0)


def test_a_button_pressed_twice_sends_once_and_leaves_nothing_to_offer(desk: Desk) -> None:
    invite(desk)
    desk.page.get_by_role("button", name="Send the invitation").dblclick()
    desk.sees(f"The invitation is on its way to {ADDRESS}.")
    assert Invitation.objects.filter(email=ADDRESS).count() == 1
    desk.open("inspections:invite-person")
    expect(offers(desk)).to_have_count(0)
    keeps(desk, 0)


def test_a_form_with_faults_stays_kept_until_it_is_sent(desk: Desk) -> None:
    invite(desk).fill(email="not an address")
    desk.press("Send the invitation")
    expect(desk.page.locator(".ds_error-summary")).to_be_visible()
    expect(offers(desk)).to_have_count(0)
    desk.open("inspections:team").open("inspections:invite-person")
    expect(offers(desk)).to_contain_text(OFFERED)
    desk.press("Put it back").fill(email=ADDRESS).press("Send the invitation")
    desk.sees(f"The invitation is on its way to {ADDRESS}.")
    desk.open("inspections:invite-person")
    expect(offers(desk)).to_have_count(0)


def test_nobody_is_offered_the_words_of_a_colleague(desk: Desk, world: World) -> None:
    desk.page.goto(f"{desk.url}/report-a-problem/")
    desk.fill(what=REASON)
    Session.objects.all().delete()
    desk.press("Send it").sees(SIGNED_OUT)
    sign_in_again(desk, world, key="depute")
    expect(desk.page.locator("main [name=what]")).to_have_value("")
    expect(offers(desk)).to_have_count(0)
    desk.as_(world.people["lead"]).page.goto(f"{desk.url}/report-a-problem/")
    expect(offers(desk)).to_contain_text(OFFERED)


def test_the_words_for_one_step_are_not_offered_for_another(desk: Desk, world: World) -> None:
    desk.open("inspections:move-step", "records_reading").fill(**DATES, reason=REASON)
    Session.objects.all().delete()
    desk.press("See what this touches").sees(SIGNED_OUT)
    desk.as_(world.people["lead"]).open("inspections:move-step", "publication")
    expect(offers(desk)).to_have_count(0)
    desk.open("inspections:move-step", "records_reading")
    expect(offers(desk)).to_contain_text(OFFERED)


def test_what_is_older_than_a_fortnight_is_forgotten(desk: Desk) -> None:
    invite(desk)
    desk.page.goto("about:blank")
    keeps(desk.open("inspections:team"), 1)
    age = """for (const key of Object.keys(localStorage)) {
        const entry = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({...entry, at: entry.at - 15 * 24 * 3600 * 1000}));
    }"""
    desk.page.evaluate(f"() => {{ {age} }}")
    desk.open("inspections:invite-person")
    expect(offers(desk)).to_have_count(0)
    keeps(desk, 0)


def test_a_step_is_moved_after_signing_in_between_seeing_and_releasing(
    desk: Desk, world: World
) -> None:
    desk.open("inspections:move-step", "records_reading").fill(**DATES, reason=REASON)
    desk.press("See what this touches").sees("Nothing has changed yet.")
    Session.objects.all().delete()
    desk.page.get_by_role("button", name="Release").click()
    desk.sees(SIGNED_OUT)
    sign_in_again(desk, world)
    expect(offers(desk)).to_contain_text(OFFERED)
    desk.press("Put it back")
    expect(desk.page.locator("main [name=reason]")).to_have_value(REASON)
    desk.press("See what this touches").sees("Nothing has changed yet.")
    desk.page.get_by_role("button", name="Release").click()
    desk.sees("has moved.")
    keeps(desk, 0)
    desk.open("inspections:move-step", "records_reading")
    expect(offers(desk)).to_have_count(0)


def test_the_page_open_too_long_keeps_what_was_typed(desk: Desk, request: Any) -> None:
    invite(desk)
    desk.page.context.clear_cookies(name="csrftoken")
    desk.press("Send the invitation").sees("The page was open too long", "This browser kept it too")
    look(desk, request, "open-too-long")
    desk.press("Open the page again")
    expect(offers(desk)).to_contain_text(OFFERED)


def test_without_a_script_what_was_typed_is_there_to_copy(plain: Desk, world: World) -> None:
    invite(plain)
    Session.objects.all().delete()
    plain.press("Send the invitation").sees(SIGNED_OUT)
    expect(plain.page.get_by_label("Name")).to_have_value(NAME)
    expect(plain.page.get_by_label("E-mail address")).to_have_value(ADDRESS)
    expect(plain.page.get_by_text("This browser kept it too")).to_be_hidden()
    sign_in_again(plain, world)
    assert plain.page.url.endswith("/invite/")
    plain.open("inspections:move-step", "records_reading").fill(**DATES, reason=REASON)
    plain.press("See what this touches").sees("Nothing has changed yet.")
    plain.page.context.clear_cookies(name="csrftoken")
    plain.page.get_by_role("button", name="Release").click()
    plain.sees("The page was open too long")
    expect(plain.page.get_by_label("Reason")).to_have_value(REASON)
