"""A comment on a fact is corrected or taken off by its writer until the comments are returned."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from reports import permissions, queries, rules
from reports.actions.accuracy import (
    comment_on_draft,
    correct_comment,
    remove_comment,
    return_comments,
)
from reports.enums import EditionKind
from reports.exports import paragraphs
from reports.models import FactComment, Report
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone

WORDS = {"text": "It is five.", "correction": "Five.", "evidence": "The plan, page 4."}
BETTER = {"text": "It is six.", "correction": "Six.", "evidence": "The plan, page 5."}
RETURNED = (
    "The comments have been returned, and stand as they were sent. If one is wrong, tell the inspection lead, "
    "who says so in the answer."
)

pytestmark = pytest.mark.at_week(30)


@pytest.fixture
def comment(world: Any, report: Report) -> FactComment:
    """One comment of the co-ordinator, on the second paragraph."""
    draft = queries.current_edition(report, EditionKind.DRAFT)
    assert draft is not None
    anchor = paragraphs(draft.source)[1]["anchor"]
    coordinator = world.people["coordinator"]
    return comment_on_draft(report, anchor=anchor, **WORDS, by=coordinator, at=world.now)


def correct(world: Any, comment: FactComment, **changes: Any) -> FactComment:
    given = {**BETTER, "based_on": 1, **changes}
    return correct_comment(comment, **given, by=world.people["coordinator"], at=world.now)


def url(comment: FactComment, name: str) -> str:
    return reverse(f"reports:{name}", args=[comment.report.inspection.reference, comment.pk])


def words(comment: FactComment) -> dict[str, str]:
    comment.refresh_from_db()
    return {name: getattr(comment, name) for name in WORDS}


def test_may_correct_comment_and_may_remove_comment_until_it_is_returned(
    world: Any, report: Report, comment: FactComment
) -> None:
    for rule in (rules.may_correct_comment, rules.may_remove_comment):
        assert rule(comment)
    return_comments(report, by=world.people["coordinator"], at=world.now)
    comment = FactComment.objects.get(pk=comment.pk)
    for rule in (rules.may_correct_comment, rules.may_remove_comment):
        assert (rule(comment).sentence, rule(comment).source) == (RETURNED, "R47")
    with pytest.raises(Refused, match="stand as they were sent"):
        correct(world, comment)
    with pytest.raises(Refused, match="stand as they were sent"):
        remove_comment(comment, by=world.people["coordinator"], at=world.now)
    assert words(comment) == WORDS


def test_can_correct_comment_is_of_its_writer(world: Any, comment: FactComment) -> None:
    for can in (permissions.can_correct_comment, permissions.can_remove_comment):
        assert {key for key, one in world.people.items() if can(one, comment)} == {"coordinator"}
    comment.made_by = world.people["chief_officer"]
    refusal = permissions.can_correct_comment(world.people["coordinator"], comment)
    assert refusal.sentence == (
        f"{world.people['chief_officer']} wrote this comment, and nobody else changes it. "
        "Add one of your own to the same paragraph of the draft."
    )


def test_correct_comment(world: Any, comment: FactComment) -> None:
    before = record.count()
    correct(world, comment)
    assert words(comment) == BETTER
    assert (comment.version, comment.corrected_at) == (2, world.now)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Morag Finlas corrected the comment on paragraph 2 of the draft."
    )
    correct(world, comment)  # the second of two clicks
    assert record.count() == before + 1
    with pytest.raises(SavedMeanwhile, match="You saved version 2 of the comment on paragraph 2"):
        correct(world, comment, text="It is seven.")
    assert words(comment) == BETTER


def test_correct_comment_that_fails_leaves_nothing_behind(world: Any, comment: FactComment) -> None:
    before = record.count()
    undone(lambda: correct(world, comment))
    undone(lambda: remove_comment(comment, by=world.people["coordinator"], at=world.now))
    assert words(comment) == WORDS
    assert record.count() == before


def test_correct_comment_page(world: Any, client: StrictClient, comment: FactComment) -> None:
    client.as_(world.people["coordinator"])
    comments = reverse("reports:comments", args=[world.inspection.reference])
    assert url(comment, "correct-comment") in client.get(comments).content.decode()
    assert "The plan, page 4." in client.get(url(comment, "correct-comment")).content.decode()
    bad = client.post(url(comment, "correct-comment"), {**BETTER, "evidence": "", "based_on": 1})
    assert "Write what shows it." in bad.content.decode()
    assert "It is six." in bad.content.decode()
    response = client.post(url(comment, "correct-comment"), {**BETTER, "based_on": 1}, follow=True)
    page = response.content.decode()
    assert "Your comment on paragraph 2 is saved." in page
    assert "corrected on" in page
    assert f'data-journal-saved="correct-comment:{world.inspection.reference}:{comment.pk}"' in page
    late = {**BETTER, "text": "It is seven.", "based_on": 1}
    both = client.post(url(comment, "correct-comment"), late)
    assert both.status_code == 409
    assert "It is six." in both.content.decode()
    assert "It is seven." in both.content.decode()
    assert words(comment) == BETTER


def test_remove_comment_page(world: Any, client: StrictClient, comment: FactComment) -> None:
    client.as_(world.people["coordinator"])
    before = record.count()
    address = url(comment, "remove-comment")
    assert "It is five." in client.get(address).content.decode()
    assert FactComment.objects.filter(pk=comment.pk).exists()
    page = client.post(address, follow=True).content.decode()
    assert "Your comment on paragraph 2 is taken off." in page
    assert not FactComment.objects.filter(pk=comment.pk).exists()
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Morag Finlas took off the comment on paragraph 2 of the draft."
    )
    again = client.post(address, follow=True).content.decode()
    assert "That comment was taken off already." in again
    assert client.get(address).status_code == 404
    assert record.count() == before + 1


@pytest.mark.parametrize("name", ["correct-comment", "remove-comment"])
@pytest.mark.parametrize(
    ("key", "status"),
    [("lead", 403), ("chief_officer", 403), ("local_reader", 403), ("other_coordinator", 404)],
)
def test_correct_comment_page_refuses(
    world: Any, client: StrictClient, comment: FactComment, name: str, key: str, status: int
) -> None:
    client.as_(world.people[key])
    assert client.get(url(comment, name)).status_code == status
    assert client.post(url(comment, name), BETTER).status_code == status
    assert words(comment) == WORDS
    comments = client.get(reverse("reports:comments", args=[world.inspection.reference]))
    assert "Correct it" not in comments.content.decode()
