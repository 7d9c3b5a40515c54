"""Two people at one text, in a real browser: both texts are shown, nothing is overwritten, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from reports.actions.writing import write_narrative
from reports.models import QuestionNarrative, Report
from tests.browser import axe
from tests.browser.desk import Desk
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(26)]
MINE, THEIRS = "Most children get help in time.", "Help comes late in the north."


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """The lead at the narrative of question 1."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found.as_(world.people["lead"]).open("reports:write-narrative", 1)


@pytest.fixture
def second(browser: Browser, live_server: Any, sign_in: Any, world: World) -> Iterator[Desk]:
    """The same person in another browser, at the same text."""
    context = browser.new_context()
    found = Desk(context.new_page(), live_server.url, sign_in)
    found.reference = world.inspection.reference
    yield found.as_(world.people["lead"]).open("reports:write-narrative", 1)
    context.close()


def narrative(world: World) -> QuestionNarrative:
    return QuestionNarrative.objects.get(report__inspection=world.inspection, question__number=1)


def saved_by_another(world: World, words: str) -> None:
    text = narrative(world)
    write_narrative(
        Report.objects.get(inspection=world.inspection),
        question=text.question,
        text=words,
        based_on=text.version,
        by=world.people["depute"],
        at=world.now,
    )


def said(desk: Desk) -> Any:
    return desk.page.locator("[data-journal-said]")


def test_a_narrative_is_on_the_server_within_seconds(desk: Desk, world: World) -> None:
    before = narrative(world).version
    desk.fill(text=MINE)
    expect(said(desk)).to_contain_text("Saved on the server at", timeout=10_000)
    assert (narrative(world).text, narrative(world).version) == (MINE, before + 1)
    expect(desk.page.locator("[name=based_on]")).to_have_value(str(before + 1))
    assert desk.page.evaluate("Object.keys(localStorage).length") == 0


def test_the_autosave_that_meets_another_stops_and_the_button_shows_both(
    desk: Desk, second: Desk, world: World
) -> None:
    second.fill(text=THEIRS).press("Save the narrative").sees("is saved.")
    desk.fill(text=MINE)
    expect(said(desk)).to_contain_text(
        "Save with the button below to see both texts.", timeout=10_000
    )
    desk.press("Save the narrative").sees("Nothing was overwritten.", "Yours, not saved yet")
    expect(desk.page.locator("#id_text_theirs")).to_contain_text(THEIRS)
    assert desk.page.input_value("main [name=text]") == MINE
    assert MINE in desk.page.evaluate("JSON.stringify(localStorage)"), "Leaving now loses nothing."
    for width in (320, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        axe.bring(desk.page)
        assert axe.violations(desk.page) == []
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    desk.fill(text=f"{THEIRS} {MINE}")
    expect(said(desk)).to_contain_text("Kept in this browser; not saved on the server yet.")
    assert narrative(world).text == THEIRS
    desk.press("Save the narrative").sees("is saved.")
    assert narrative(world).text == f"{THEIRS} {MINE}"


def test_words_put_back_are_not_saved_over_what_another_wrote_since(
    desk: Desk, world: World
) -> None:
    desk.page.context.set_offline(True)
    desk.fill(text=MINE)
    expect(said(desk)).to_contain_text("the server cannot be reached", timeout=10_000)
    saved_by_another(world, THEIRS)
    desk.page.goto("about:blank")
    desk.page.context.set_offline(False)
    desk.open("reports:write-narrative", 1).sees("This browser kept it.")
    desk.page.click("text=Put it back")
    expect(said(desk)).to_contain_text(
        "Save with the button below to see both texts.", timeout=10_000
    )
    assert narrative(world).text == THEIRS
    desk.press("Save the narrative")
    expect(desk.page.locator("#id_text_theirs")).to_contain_text(THEIRS)
    assert desk.page.input_value("main [name=text]") == MINE
