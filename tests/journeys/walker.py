"""Somebody who walks through the product by its forms alone: what a page does not offer cannot be sent."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.urls import reverse

from accounts.models import User
from tests.client import StrictClient

Attrs = dict[str, str | None]


class _Forms(HTMLParser):
    """The forms of the main part of a page, each with its address, its button's words and what stands in its boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.form: dict[str, Any] | None = None
        self.inside, self.select, self.area, self.button = False, "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Attrs = dict(attrs)
        if tag == "main":
            self.inside = True
        if tag == "form" and self.inside:
            self.form = {
                "action": given.get("action") or "",
                "data": {},
                "names": set(),
                "words": "",
            }
            self.found.append(self.form)
        if self.form is None:
            return
        name = given.get("name") or ""
        if tag == "input":
            self._input(name, given)
        elif tag == "select":
            self.select = name
            self.form["names"].add(name)
        elif tag == "option":
            # A browser sends the first choice of a list in which none is chosen.
            first = self.select not in self.form["data"]
            if first or "selected" in given:
                self.form["data"][self.select] = [given.get("value") or ""]
        elif tag == "textarea":
            self.area = name
            self.form["names"].add(name)
            self.form["data"][name] = [""]
        elif tag == "button":
            self.button = True
            if name:
                self.form["names"].add(name)

    def _input(self, name: str, given: Attrs) -> None:
        assert self.form is not None
        kind = given.get("type", "text")
        if kind == "submit":
            self.form["words"] += given.get("value") or ""
            return
        self.form["names"].add(name)
        ticked = kind not in ("radio", "checkbox") or "checked" in given
        if ticked and kind != "file":
            self.form["data"].setdefault(name, []).append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "button":
            self.button = False
        elif tag == "main":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.form is None:
            return
        if self.area:
            begun = self.form["data"][self.area][0]
            self.form["data"][self.area][0] += data if begun else data.removeprefix("\n")
        elif self.button:
            self.form["words"] += data


class Walker:
    """One person after the other, in one browser without a script."""

    def __init__(self, client: StrictClient) -> None:
        self.client, self.reference = client, ""
        self.text, self.path = "", ""

    def as_(self, person: User) -> Walker:
        self.client.as_(person)
        return self

    def nobody(self) -> Walker:
        self.client.logout()
        return self

    def open(self, name: str, *args: Any) -> Walker:
        """A page of this inspection, or of the product while there is none."""
        return self.go(
            reverse(name, args=[self.reference, *args] if self.reference else list(args))
        )

    def go(self, path: str) -> Walker:
        answer = self.client.get(path, follow=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        assert not answer.redirect_chain, f"{path} went to {answer.redirect_chain}"
        return self._stand(answer, path)

    def send(self, words: str, /, **values: Any) -> Walker:
        """Fill in the form whose button says this, and press it. A box that the form has not fails the test."""
        reader = _Forms()
        reader.feed(self.text)
        form = next((one for one in reader.found if words in " ".join(one["words"].split())), None)
        assert form, (
            f"{self.path} has no button “{words}”: {[one['words'] for one in reader.found]}"
        )
        strange = values.keys() - form["names"]
        assert not strange, f"{self.path} has no box {strange}"
        path = form["action"] or self.path
        answer = self.client.post(path, {**form["data"], **values}, follow=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return self._stand(answer, answer.request["PATH_INFO"])

    def sees(self, *sentences: str) -> Walker:
        for sentence in sentences:
            assert sentence in unescape(self.text), f"“{sentence}” is not on {self.path}"
        return self

    def _stand(self, answer: Any, path: str) -> Walker:
        self.text, self.path = answer.content.decode(), path
        return self
