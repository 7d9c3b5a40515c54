"""Where each step of the timetable is worked on: the app that sees all brings the pages when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import Verdict
from inspections import permissions, queries, rules
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Step
from inspections.models.step import PARTNERSHIP_OWNERS


@dataclass(frozen=True, slots=True)
class StepPage:
    """One page on which a step is worked on: the words of its button, its address, and for whom it opens now."""

    words: str
    url: Callable[[Inspection], str]
    opens: Callable[[User, Inspection], bool]


@dataclass(frozen=True, slots=True)
class WayOn:
    """What a person may do about a step: a sentence, the page where there is one, and whom to ask or to send it to."""

    sentence: str = ""
    words: str = ""
    url: str = ""
    contact: User | None = None


_PAGES: dict[str, tuple[StepPage, ...]] = {}


def bring(pages: Mapping[str, Sequence[StepPage]]) -> None:
    """Add the pages of these steps by key, in the order in which they are tried; bringing a key again replaces it."""
    _PAGES.update({key: tuple(found) for key, found in pages.items()})


def page_of(person: User, step: Step) -> StepPage | None:
    """The first page of the step that opens for this person now."""
    pages = _PAGES.get(step.key, ())
    return next((page for page in pages if page.opens(person, step.inspection)), None)


def way_on(person: User, step: Step, *, verdict: Verdict) -> WayOn:
    """What this person may do about the step; ``verdict`` is whether they may mark it as done today."""
    page = page_of(person, step)
    words, url = (page.words, page.url(step.inspection)) if page else ("", "")
    if step.state != StepState.UPCOMING:
        return WayOn("", words, url)
    theirs = permissions.is_partnership(person, step.inspection)
    contact = queries.contact(step.inspection) if theirs else None
    return WayOn(_sentence(person, step, verdict, contact), words, url, contact)


def _sentence(person: User, step: Step, verdict: Verdict, contact: User | None) -> str:
    if by_itself := rules.DONE_BY_DEED.get(step.key):
        return by_itself
    if verdict:
        return "Mark it as done when it is."
    if permissions.has(person, step.inspection, Capability.COMPLETE_STEP):
        return verdict.sentence
    if contact and step.kind == StepKind.DUE and step.owner in PARTNERSHIP_OWNERS:
        return f"Send it to {contact.name}, or tell them that it is done: they mark it here."
    names = " and ".join(owner.name for owner in queries.owners_of(step))
    return f"It is with {names} ({queries.owner_words(step.owner)}). {verdict.sentence}"
