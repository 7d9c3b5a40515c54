"""Moving a step as a person does: look at what it touches, then release it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from core.verdicts import Verdict
from inspections import queries, rules
from inspections.models import Step
from tests.client import StrictClient

SEEN = re.compile(r'name="seen" value="(\w{64})"')


def seen(page: str) -> dict[str, str]:
    """What the page that shows what a move touches would send back."""
    found = SEEN.search(page)
    assert found, "The page releases nothing."
    return {"seen": found[1]}


def release(client: StrictClient, path: str, typed: dict[str, Any]) -> str:
    """Look, and release what was seen; the page that follows."""
    looked = client.post(path, typed).content.decode()
    assert "Nothing has changed yet." in looked
    return client.post(path, typed | seen(looked), follow=True).content.decode()


def plan(step: Step, starts_on: date, ends_on: date, *, stay: Collection[str] = ()) -> queries.Plan:
    """What would follow if the step had these dates, asked on the day on which it is notified."""
    today = step.inspection.notified_on or starts_on
    return queries.plan_of_move(step, starts_on=starts_on, ends_on=ends_on, stay=stay, today=today)


def verdict(step: Step, starts_on: date, ends_on: date) -> Verdict:
    """Whether it may move there, and all that follows be released."""
    return rules.may_move_step(step, starts_on=starts_on, ends_on=ends_on) & rules.may_release(
        plan(step, starts_on, ends_on)
    )
