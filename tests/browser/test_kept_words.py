"""Words that are kept in this browser, one entry for each form that was opened: two windows, lost answers, and where it is said."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from playwright.sync_api import Page, Route, expect

from evaluations.models import EvidenceItem, Indicator, Question
from tests.browser.desk import Desk, look
from tests.browser.test_signed_out import keeps, offers
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(9)]
STAY = "Adults stay in touch with the same worker for a year and more."
WAIT = "Children wait for speech therapy."


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """The inspector's window."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found.as_(world.people["inspector"])


@pytest.fixture
def second(desk: Desk, live_server: Any, sign_in: Any) -> Desk:
    """Another window of the same browser."""
    found = Desk(desk.page.context.new_page(), live_server.url, sign_in)
    found.reference = desk.reference
    return found


def typed(desk: Desk, text: str) -> Desk:
    """A passage of evidence, not sent yet, and kept by this browser."""
    desk.open("evaluations:record-evidence").fill(
        source_type="focus_group", activity="Day 7", text=text, direction="strength"
    )
    desk.fill(indicators=str(Indicator.objects.get(number="2.1").pk))
    desk.fill(questions=str(Question.objects.get(number=1).pk))
    return desk.sees("Kept in this browser; not saved on the server yet.")


def left(desk: Desk, *texts: str) -> Desk:
    """Typed on pages that were then closed."""
    for text in texts:
        typed(desk, text).page.goto("about:blank")
    return desk


def save(desk: Desk) -> Desk:
    return desk.press("Save this evidence")


def on_record() -> list[str]:
    return list(EvidenceItem.objects.order_by("number").values_list("text", flat=True))


def lose_the_answer(desk: Desk) -> None:
    """The server takes what is sent; the line breaks before the browser hears of it."""

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    desk.page.route("**/*", lose)
    with desk.page.expect_event("requestfailed"):
        save(desk)
    desk.page.unroute("**/*")


def test_saving_in_one_window_leaves_what_another_keeps(desk: Desk, second: Desk) -> None:
    typed(desk, STAY)
    typed(second, WAIT)
    keeps(desk, 2)
    save(second).sees("E-001 is saved.")
    keeps(second, 1)
    assert STAY in second.page.evaluate("JSON.stringify(localStorage)")
    save(desk).sees("E-002 is saved.")
    keeps(desk, 0)
    assert on_record() == [WAIT, STAY]


def test_all_that_is_kept_is_offered_one_after_the_other(desk: Desk, request: Any) -> None:
    left(desk, WAIT, STAY).open("evaluations:record-evidence")
    expect(offers(desk)).to_contain_text("You typed something here on")
    expect(offers(desk)).to_contain_text("1 of 2: “Adults stay in touch with the same worker")
    look(desk, request, "kept-two")
    desk.press("Show the next")
    expect(offers(desk)).to_contain_text(f"2 of 2: “{WAIT}”")
    desk.press("Put it back")
    expect(offers(desk)).to_contain_text("This browser keeps one more of this page")
    save(desk).sees("E-001 is saved.")
    desk.open("evaluations:record-evidence")
    expect(offers(desk)).not_to_contain_text("of 2")
    desk.press("Put it back")
    expect(offers(desk)).to_have_count(0)
    save(desk).sees("E-002 is saved.")
    keeps(desk, 0)
    assert on_record() == [WAIT, STAY]


def test_leaving_one_out_shows_the_next(desk: Desk) -> None:
    left(desk, WAIT, STAY).open("evaluations:record-evidence")
    desk.press("Leave it out")
    expect(offers(desk)).to_contain_text(WAIT)
    desk.press("Leave it out")
    expect(offers(desk)).to_have_count(0)
    keeps(desk, 0)


def test_what_was_typed_before_something_is_put_back_stays_kept(desk: Desk) -> None:
    left(desk, STAY)
    typed(desk, WAIT).fill(activity="Day 8").press("Put it back")
    expect(desk.page.locator("main [name=text]")).to_have_value(STAY)
    expect(desk.page.locator("main [name=activity]")).to_have_value("Day 7")
    save(desk).sees("E-001 is saved.")
    desk.open("evaluations:record-evidence")
    expect(offers(desk)).to_contain_text(WAIT)
    desk.press("Put it back")
    save(desk).sees("E-002 is saved.")
    keeps(desk, 0)
    assert on_record() == [STAY, WAIT]


def test_what_was_saved_though_its_answer_was_lost_is_not_saved_twice(desk: Desk) -> None:
    typed(desk, STAY)
    lose_the_answer(desk)
    EvidenceItem.objects.update(recorded_at=F("recorded_at") - timedelta(minutes=11))
    desk.open("evaluations:record-evidence").press("Put it back")
    save(desk).sees("E-001 is saved already.")
    keeps(desk, 0)
    assert on_record() == [STAY]


def test_what_was_saved_and_then_changed_is_shown_beside_it(desk: Desk, request: Any) -> None:
    typed(desk, STAY)
    lose_the_answer(desk)
    desk.open("evaluations:record-evidence").press("Put it back").fill(
        text=WAIT, direction="weakness"
    )
    save(desk).sees("This page recorded E-001 already.", "Yours, not saved yet", STAY)
    expect(desk.page.locator("main [name=text]")).to_have_value(WAIT)
    look(desk, request, "recorded-already")
    keeps(desk, 1)
    desk.press("Record it as another passage").sees("E-002 is saved.")
    keeps(desk, 0)
    assert on_record() == [STAY, WAIT]


def test_what_was_saved_and_then_changed_becomes_its_next_version(desk: Desk) -> None:
    typed(desk, STAY)
    lose_the_answer(desk)
    desk.open("evaluations:record-evidence").press("Put it back").fill(text=WAIT)
    save(desk).sees("This page recorded E-001 already.")
    desk.fill(activity="").press("Save as the next version of E-001")
    desk.fill(activity="Day 8").press("Save this evidence").sees("E-001 is saved as version 2.")
    keeps(desk, 0)
    assert on_record() == [WAIT]


def test_the_home_page_and_the_list_say_what_this_browser_keeps_to_whom_it_belongs(
    desk: Desk, world: World, request: Any
) -> None:
    left(desk, STAY)
    said = re.compile(
        "This browser keeps something you typed: “Adults stay in touch with the same worker.*…”, "
        "on the page “Record evidence”, .* Open it"
    )
    line = desk.page.locator("[data-journal-mine] p")
    desk.page.goto(desk.url)
    expect(line).to_have_text(said)
    look(desk, request, "kept-home")
    desk.open("evaluations:evidence")
    expect(line).to_have_text(said)
    look(desk, request, "kept-list")
    desk.page.goto(f"{desk.url}/report-a-problem/")
    desk.fill(what=WAIT).page.goto("about:blank")
    desk.open("evaluations:evidence")
    expect(line).to_have_count(1)
    desk.page.goto(desk.url)
    expect(line).to_have_count(2)
    desk.as_(world.people["lead"]).page.goto(desk.url)
    keeps(desk, 2)
    expect(desk.page.locator("[data-journal-mine]")).to_be_hidden()
    expect(line).to_have_count(0)
    desk.as_(world.people["inspector"]).page.goto(desk.url)
    line.filter(has_text="Record evidence").get_by_role("link").click()
    desk.press("Put it back")
    expect(desk.page.locator("main [name=text]")).to_have_value(STAY)


def test_signing_out_names_the_words_that_were_typed_and_their_page(
    desk: Desk, request: Any
) -> None:
    typed(desk, STAY).press("Sign out", within=".app-header")
    expect(desk.page.locator("main li")).to_have_text(
        re.compile("^“Adults stay in touch .*…”, on the page “Record evidence”, ")
    )
    look(desk, request, "kept-sign-out")


def test_a_choice_alone_is_named_at_signing_out_and_not_on_the_home_page(desk: Desk) -> None:
    desk.open("evaluations:record-evidence").fill(source_type="focus_group")
    desk.sees("Kept in this browser; not saved on the server yet.").page.goto(desk.url)
    keeps(desk, 1)
    expect(desk.page.locator("[data-journal-mine]")).to_be_hidden()
    desk.press("Sign out", within=".app-header")
    expect(desk.page.locator("main li")).to_contain_text("What you chose, on the page “Record")
