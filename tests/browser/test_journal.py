"""The journal in a real browser: saved as one types, kept when signed out or offline, and offered back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from evaluations.actions.self_evaluation import Typed, answer_question
from evaluations.enums import AnswerPart, SelfEvaluationState
from evaluations.models import Answer, Question, SelfEvaluation
from tests.browser import axe
from workspace.example import cast
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(3)]


@pytest.fixture
def page(page: Page, visit: Callable[..., Any], world: World) -> Page:
    """Question 1, opened by the co-ordinator."""
    visit(
        "coordinator", reverse("evaluations:answer-question", args=[world.inspection.reference, 1])
    )
    return page


def said(page: Page) -> Any:
    return page.locator("#journal-said")


def nurse_saves(world: World, text: str, *, based_on: int = 0) -> None:
    """Somebody of another agency saves part one of question 1 meanwhile."""
    saved = answer_question(
        world.inspection,
        question=Question.objects.get(number=1),
        texts={AnswerPart.HOW_GOOD: Typed(text, based_on)},
        by=world.people["health_contributor"],
        at=timezone.now(),
    )
    assert saved.written


def signed_out(page: Page) -> Any:
    """The session is gone; what is handed back brings it again. (A line cut off would not do: the last words leave with the page.)"""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    return lambda: page.context.add_cookies(cookies)


def texts() -> dict[str, str]:
    return dict(Answer.objects.values_list("part", "text"))


def test_what_is_typed_is_on_the_server_within_seconds(page: Page) -> None:
    page.fill("#id_how_good", "Most children get help in time.")
    expect(said(page)).to_contain_text("Saved on the server at", timeout=10_000)
    assert Answer.objects.get(part="how_good").text == "Most children get help in time."
    page.fill("#id_how_good", "Most children get help in time, and say so.")
    expect(page.locator('[name="how_good_based_on"]')).to_have_value("2", timeout=10_000)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    expect(page.locator("#words-how_good")).to_contain_text("9 words")


def test_what_was_typed_offline_is_kept_and_sent_again(page: Page) -> None:
    page.context.set_offline(True)
    page.fill("#id_what_next", "One rota from January.")
    expect(said(page)).to_contain_text("the server cannot be reached", timeout=10_000)
    assert "One rota from January." in page.evaluate("JSON.stringify(localStorage)")
    page.context.set_offline(False)
    expect(said(page)).to_contain_text("Saved on the server at", timeout=20_000)
    assert Answer.objects.get(part="what_next").text == "One rota from January."


def test_a_session_that_ran_out_loses_nothing(page: Page, world: World) -> None:
    Session.objects.all().delete()
    page.fill("#id_how_good", "Typed after the session ran out.")
    expect(said(page)).to_contain_text("you are signed out", timeout=10_000)
    assert not Answer.objects.exists()
    page.reload()
    page.fill("[name=login]", world.people["coordinator"].email)
    page.fill("[name=password]", cast.PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("#journal-offer")).to_contain_text("This browser kept it.")
    assert page.input_value("#id_how_good") == ""
    page.click("text=Put it back")
    assert page.input_value("#id_how_good") == "Typed after the session ran out."
    expect(said(page)).to_contain_text("Saved on the server at", timeout=10_000)
    assert Answer.objects.get(part="how_good").text == "Typed after the session ran out."


def test_a_button_pressed_without_a_connection_stays_on_the_page_and_works_once_it_is_back(
    page: Page,
) -> None:
    page.context.set_offline(True)
    page.fill("#id_what_next", "One rota from January.")
    page.click("text=Save and continue")
    expect(said(page)).to_contain_text("Nothing was sent: there is no connection.")
    assert page.input_value("#id_what_next") == "One rota from January."
    page.context.set_offline(False)
    expect(said(page)).to_contain_text("Saved on the server at", timeout=20_000)
    page.click("text=Save and continue")
    expect(page.locator("h1")).to_contain_text("Question 2")
    assert Answer.objects.get(part="what_next").text == "One rota from January."


def test_what_is_put_back_is_what_one_typed_and_no_older_text_of_another(
    page: Page, world: World
) -> None:
    nurse_saves(world, "First.")
    page.reload()
    sign_in_again = signed_out(page)
    page.fill("#id_what_next", "One rota from January.")
    expect(said(page)).to_contain_text("you are signed out", timeout=10_000)
    nurse_saves(world, "Second, by the nurse.", based_on=1)
    sign_in_again()
    page.reload()
    page.click("text=Put it back")
    assert page.input_value("#id_how_good") == "Second, by the nurse."
    assert page.input_value("#id_what_next") == "One rota from January."
    expect(said(page)).to_contain_text("Saved on the server at", timeout=10_000)
    assert texts() == {"how_good": "Second, by the nurse.", "what_next": "One rota from January."}


def test_the_way_back_brings_no_old_words_beside_a_new_version(page: Page, world: World) -> None:
    page.fill("#id_how_good", "First.")
    expect(said(page)).to_contain_text("Saved on the server at", timeout=10_000)
    sign_in_again = signed_out(page)
    page.fill("#id_how_good", "Mine.")
    page.locator("header a").first.click()
    expect(page.locator("[name=password]")).to_be_visible()
    nurse_saves(world, "Second, by the nurse.", based_on=1)
    sign_in_again()
    page.go_back()
    shown = (page.input_value("#id_how_good"), page.input_value("[name=how_good_based_on]"))
    assert shown == ("Second, by the nurse.", "2")
    page.click("text=Put it back")
    page.click("text=Save and continue")
    expect(page.locator("#id_how_good_theirs")).to_contain_text("Second, by the nurse.")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Problem: "))
    assert page.input_value("#id_how_good") == "Mine."
    assert texts() == {"how_good": "Second, by the nurse."}


def test_two_agencies_on_two_parts_of_one_question_are_no_conflict(
    page: Page, world: World
) -> None:
    nurse_saves(world, "First.")
    page.reload()
    nurse_saves(world, "Second, by the nurse.", based_on=1)
    page.fill("#id_what_next", "One rota from January.")
    expect(said(page)).to_contain_text("Saved on the server at", timeout=10_000)
    page.fill("#id_what_next", "One rota from February.")
    page.click("text=Save and continue")
    expect(page.locator("h1")).to_contain_text("Question 2")
    expect(page.get_by_text("Your answer to question 1 is saved")).to_be_visible()
    expect(page.locator(".ds_notification-message")).to_be_focused()
    assert texts() == {"how_good": "Second, by the nurse.", "what_next": "One rota from February."}


def test_sent_in_while_one_types_says_so_and_shows_the_words_to_copy(
    page: Page, world: World
) -> None:
    nurse_saves(world, "First.")
    SelfEvaluation.objects.update(
        state=SelfEvaluationState.RECEIVED,
        received_at=timezone.now(),
        received_by=world.people["coordinator"],
    )
    page.fill("#id_what_next", "One rota from January.")
    expect(said(page)).to_contain_text(
        "Not saved. The joint self-evaluation was sent in on", timeout=10_000
    )
    expect(said(page)).to_contain_text("kept in this browser")
    page.reload()
    kept = page.get_by_role("region", name="What this browser kept")
    expect(kept).to_contain_text("You typed something here on")
    box = kept.get_by_label("What do we plan to do next?")
    expect(box).to_have_value("One rota from January.")
    expect(box).not_to_be_editable()
    kept.get_by_role("button", name="I have copied it").click()
    expect(kept).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_sent_in_while_one_types_in_two_windows_shows_both(page: Page, world: World) -> None:
    nurse_saves(world, "First.")
    page.reload()
    second = page.context.new_page()
    second.goto(page.url)
    SelfEvaluation.objects.update(
        state=SelfEvaluationState.RECEIVED,
        received_at=timezone.now(),
        received_by=world.people["coordinator"],
    )
    words = {page: "One rota from January.", second: "A second worker from June."}
    for window, typed in words.items():
        window.fill("#id_what_next", typed)
        expect(said(window)).to_contain_text("Not saved.", timeout=10_000)
    page.reload()
    kept = page.get_by_role("region", name="What this browser kept")
    expect(kept).to_have_count(2)
    boxes = page.get_by_label("What do we plan to do next?")
    assert {box.input_value() for box in boxes.all()} == set(words.values())
    kept.first.get_by_role("button", name="I have copied it").click()
    expect(kept).to_have_count(1)
    axe.bring(page)
    assert axe.violations(page) == []
