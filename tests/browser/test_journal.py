"""The journal in a real browser: saved as one types, kept when signed out or offline, and offered back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from evaluations.models import Answer
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
