"""A person at the desk: opens pages, fills in forms and presses buttons, with a script or without."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.browser import axe
from tests.jobs import run_jobs


class Desk:
    """One browser window. ``reference`` is the inspection that the addresses are of, once there is one."""

    def __init__(self, page: Page, url: str, sign_in: Callable[..., None]) -> None:
        self.page, self.url, self.sign_in = page, url, sign_in
        self.reference = ""

    def as_(self, person: User) -> Desk:
        """The same window, with this person before it."""
        self.page.context.clear_cookies()
        self.sign_in(person, on=self.page)
        return self

    def nobody(self) -> Desk:
        """The same window, with somebody before it who has no account."""
        self.page.context.clear_cookies()
        return self

    def open(self, name: str, *args: Any) -> Desk:
        """The page of that address, of this inspection when there is one."""
        given = [self.reference, *args] if self.reference else list(args)
        path = reverse(name, args=given)
        response = self.page.goto(self.url + path)
        assert response and response.status == 200, f"{name}: {response and response.status}"
        assert response.url.startswith(self.url + path), f"{name} went to {response.url}"
        return self

    def fill(self, **values: Any) -> Desk:
        """Put values into the boxes of these names: words, a choice, a list of ticks, files."""
        for name, value in values.items():
            box = self.page.locator(f'main [name="{name}"]')
            tag, kind = box.first.evaluate("one => [one.tagName, one.type]")
            if tag == "SELECT":
                box.select_option(value)
            elif kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    self._choose(box, one)
            elif kind == "file":
                box.set_input_files(value)
            else:
                box.fill(value)
        return self

    def _choose(self, boxes: Locator, value: Any) -> None:
        self.tick(boxes if value is True else boxes.and_(self.page.locator(f'[value="{value}"]')))

    def tick(self, box: Locator) -> Desk:
        """Tick a box or choose a radio by pressing its label, as people do; a group that is folded away is opened first."""
        folded = box.locator("xpath=ancestor::details[not(@open)]")
        if folded.count():
            folded.locator("summary").click()
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').first.click()
        expect(box).to_be_checked()
        return self

    def press(self, words: str, *, within: str = "main") -> Desk:
        """The button or the link that says so."""
        place = self.page.locator(within)
        button = place.get_by_role("button", name=words, exact=True)
        link = place.get_by_role("link", name=words, exact=True)
        button.or_(link).first.wait_for(state="attached")  # a script may still be drawing it
        (button if button.count() else link).first.click()
        return self

    def confirm(self) -> Desk:
        """The one button that the page asks about."""
        self.page.locator("main form button.ds_button").first.click()
        return self

    def sees(self, *sentences: str) -> Desk:
        """Each of these sentences stands on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence, timeout=20_000)
        return self

    def misses(self, words: str) -> Desk:
        """No button says this."""
        expect(
            self.page.locator("main").get_by_role("button", name=words, exact=True)
        ).to_have_count(0)
        return self


def link_in_last_letter(to: str) -> str:
    """Do what waits, and take the path of the link out of the newest letter to this address."""
    run_jobs()
    letter = next(one for one in reversed(mail.outbox) if to in one.to)
    found = re.search(r"https?://[^/\s]+(/\S+)", str(letter.body))
    assert found, letter.body
    return found[1]


def look(desk: Desk, request: Any, name: str) -> None:
    """At both widths nothing is wrong with the page, and nothing hangs over."""
    for width in (320, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        axe.bring(desk.page)
        assert axe.violations(desk.page) == []
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := request.config.getoption("--shots"):
            desk.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
