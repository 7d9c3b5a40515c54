"""A test client that refuses a bad page: what a person would trip over fails the test that opened it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django.test import Client

VOID_HANDLERS = re.compile(r"^on[a-z]+$")


class _Page(HTMLParser):
    """What the checks need to know of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[tuple[str, dict[str, str | None]]] = []
        self.headings = 0
        self.inside_label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        self.faults += [
            f"<{tag} {name}> is an inline handler" for name in given if VOID_HANDLERS.match(name)
        ]
        if "style" in given:
            self.faults.append(f"<{tag}> has an inline style")
        if tag == "script" and "src" not in given:
            self.faults.append("an inline script")
        if tag == "label":
            self.labelled.add(str(given.get("for")))
            self.inside_label += 1
        if tag == "h1":
            self.headings += 1
        if tag == "img" and "alt" not in given:
            self.faults.append("an image without alt")
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.controls.append((tag, given))
            if self.inside_label:
                self.labelled.add(str(given.get("id")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.inside_label -= 1

    def judge(self) -> list[str]:
        """Every fault, as words."""
        faults = [
            *self.faults,
            *(f"id {name} stands {count} times" for name, count in self.ids.items() if count > 1),
        ]
        if self.headings != 1:
            faults.append(f"{self.headings} h1 headings")
        for tag, given in self.controls:
            named = (
                given.get("aria-label")
                or given.get("aria-labelledby")
                or given.get("id") in self.labelled
            )
            if not named:
                faults.append(f"<{tag} name={given.get('name')}> has no label")
        return faults


def faults_of(html: str) -> list[str]:
    """What is wrong with this page."""
    page = _Page()
    page.feed(html)
    faults = page.judge()
    if re.search(r"\{%|%\}|\{\{|\}\}", html):
        faults.append("an unrendered template tag")
    return faults


class StrictClient(Client):
    """Django's client, signed in by ``as_(person)``, that fails on any page a person would trip over."""

    def as_(self, person: Any) -> StrictClient:
        """The same client, signed in as this person."""
        self.force_login(person, backend="accounts.backends.DeskBackend")
        return self

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if (
            not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
            and response.content
        ):
            faults = faults_of(response.content.decode())
            assert not faults, f"{request.get('PATH_INFO')}: {'; '.join(faults)}"
        return response
