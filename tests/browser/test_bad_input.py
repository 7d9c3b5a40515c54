"""What goes wrong at a desk: each gets a sentence that says what, where and how, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from evaluations.models import Answer, EvidenceItem
from tests.browser import axe
from tests.browser.desk import Desk
from workspace.example import cast
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(4)]
PASSAGE = "Leaders described what comes next, and by when."


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """A desk at the inspection of Glenmarrow."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found


@pytest.fixture
def second_desk(browser: Browser, live_server: Any, sign_in: Any, world: World) -> Iterator[Desk]:
    """Another browser, of somebody else."""
    context = browser.new_context()
    found = Desk(context.new_page(), live_server.url, sign_in)
    found.reference = world.inspection.reference
    yield found
    context.close()


def at_evidence(desk: Desk, world: World, words: str = PASSAGE) -> Desk:
    """The form for evidence, filled in."""
    desk.as_(world.people["inspector"]).open("evaluations:record-evidence")
    desk.fill(source_type="interview", activity="Chief officers", text=words, direction="neutral")
    for name in ("indicators", "questions"):
        desk.tick(desk.page.locator(f"main [name={name}]").first)
    return desk


def test_ten_thousand_characters_where_two_hundred_belong(desk: Desk, world: World) -> None:
    long = "snow " * 2000
    desk.as_(world.people["lead"]).open("inspections:move-step", "emerging_themes")
    desk.fill(starts_on="11 December 2025", reason=long.strip()).press("See what this touches")
    desk.sees("Reason: 9999 characters are too many. Shorten it to 200 or fewer.")
    assert desk.page.input_value("main [name=reason]") == long.strip()
    assert desk.page.title().startswith("Problem: ")
    expect(desk.page.locator("#error-summary")).to_be_focused()
    desk.page.locator("#error-summary a").first.click()
    expect(desk.page.locator("main [name=reason]")).to_be_focused()
    axe.bring(desk.page)
    assert axe.violations(desk.page) == []


@pytest.mark.parametrize(
    ("step", "days", "sentence"),
    [
        (
            "emerging_themes",
            {"starts_on": "13 December 2025"},
            "Saturday 13 December 2025 is a weekend or a public holiday. Choose a working day.",
        ),
        (
            "fieldwork_staff",
            {"starts_on": "22 December 2025", "ends_on": "26 December 2025"},
            "Monday 22 December 2025 is in a school-holiday week of Glenmarrow, which takes no number.",
        ),
        (
            "emerging_themes",
            {"starts_on": "31 November 2025"},
            "There is no 31 November: November 2025 has 30 days.",
        ),
    ],
)
def test_a_day_that_cannot_be(
    desk: Desk, world: World, step: str, days: dict[str, str], sentence: str
) -> None:
    desk.as_(world.people["lead"]).open("inspections:move-step", step)
    desk.fill(**days, reason="Roads closed").press("See what this touches")
    expect(desk.page.locator("#error-summary")).to_contain_text(sentence)
    for name, day in days.items():
        assert desk.page.input_value(f"main [name={name}]") == day
    assert desk.page.input_value("main [name=reason]") == "Roads closed"


def test_a_double_click_records_one_passage(desk: Desk, world: World) -> None:
    at_evidence(desk, world)
    desk.page.get_by_role("button", name="Save this evidence").dblclick()
    desk.sees("is saved. You can record the next one.")
    assert EvidenceItem.objects.filter(text=PASSAGE).count() == 1


def test_the_same_form_sent_from_two_windows_records_one_passage(
    desk: Desk, second_desk: Desk, world: World
) -> None:
    at_evidence(desk, world).press("Save this evidence").sees(
        "is saved. You can record the next one."
    )
    at_evidence(second_desk, world).press("Save this evidence").sees("is saved already.")
    assert EvidenceItem.objects.filter(text=PASSAGE).count() == 1


def test_a_session_that_ends_in_the_middle_of_a_form_loses_no_word(
    desk: Desk, world: World
) -> None:
    at_evidence(desk, world)
    Session.objects.all().delete()
    desk.press("Save this evidence")
    desk.sees("You were signed out before this was sent. Nothing was saved.").press("Sign in")
    desk.fill(login=world.people["inspector"].email, password=cast.PASSWORD).press("Sign in")
    desk.sees("This browser kept it.").press("Put it back")
    assert desk.page.input_value("main [name=text]") == PASSAGE
    assert desk.page.input_value("main [name=activity]") == "Chief officers"
    expect(desk.page.locator("main [name=direction][value=neutral]")).to_be_checked()
    desk.press("Save this evidence").sees("is saved. You can record the next one.")
    assert EvidenceItem.objects.get().text == PASSAGE


def test_two_people_at_one_text_see_both_and_nothing_is_overwritten(
    desk: Desk, second_desk: Desk, world: World
) -> None:
    mine, theirs = "We count it each month.", "We ask young people each spring."
    for one in (
        desk.as_(world.people["coordinator"]),
        second_desk.as_(world.people["health_contributor"]),
    ):
        one.open("evaluations:answer-question", 2)
    second_desk.fill(how_do_we_know=theirs).press("Save").sees("is saved on the server.")
    desk.page.route("**/self-evaluation/2/", lambda route: _only_pages(route))
    desk.fill(how_do_we_know=mine).press("Save")
    expect(desk.page.locator("#id_how_do_we_know_theirs")).to_contain_text(theirs)
    desk.sees("Kirsty Nevis", "Nothing was overwritten.")
    assert desk.page.input_value("main [name=how_do_we_know]") == mine
    assert Answer.objects.get(part="how_do_we_know").text == theirs
    desk.fill(how_do_we_know=f"{theirs} {mine}").press("Save").sees("is saved on the server.")
    answer = Answer.objects.get(part="how_do_we_know")
    assert answer.text == f"{theirs} {mine}"
    assert set(answer.history.values_list("text", flat=True)) >= {theirs, answer.text}


def _only_pages(route: Any) -> None:
    """The autosave waits: here it is the button that meets the other person's words."""
    wants_json = "json" in (route.request.headers.get("accept") or "")
    route.abort() if wants_json else route.continue_()


def test_a_file_called_pdf_that_is_none(desk: Desk, world: World) -> None:
    desk.as_(world.people["coordinator"]).open("evaluations:link-evidence", 2)
    said = {
        "name": "plan.pdf",
        "mimeType": "application/pdf",
        "buffer": b"Our plan, as plain words.",
    }
    desk.fill(files=said).press("Add the files")
    desk.sees("“plan.pdf” ends in .pdf but is not a PDF. Open it in the program that made it")


def test_a_wrong_password_and_then_the_right_one(desk: Desk, world: World) -> None:
    desk.nobody().page.goto(desk.url + reverse("workspace:programme"))
    desk.fill(login=world.people["programme_manager"].email, password="not this one").press(
        "Sign in"
    )
    expect(desk.page.get_by_role("alert")).to_be_visible()
    axe.bring(desk.page)
    assert axe.violations(desk.page) == []
    desk.fill(password=cast.PASSWORD).press("Sign in")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Programme")


def test_a_link_of_no_invitation_says_so(desk: Desk) -> None:
    response = desk.nobody().page.goto(f"{desk.url}/join/{'x' * 43}/")
    assert response and response.status == 404
    desk.sees("There is no such page")
