"""Earlier versions: whoever may read the text reads them, and nobody else (invariant 4; the partnership's drafts are its own)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from evaluations.actions.evidence import revise_evidence
from evaluations.actions.self_evaluation import Typed, answer_question
from evaluations.enums import AnswerPart
from evaluations.models import Answer, EvidenceItem, SealedEvaluation
from evaluations.queries import evaluations_of, evidence_versions, framework_of
from tests.client import StrictClient
from workspace.example.world import World


def path(world: World, name: str, *parts: object) -> str:
    return reverse(f"evaluations:{name}", args=[world.inspection.reference, *parts])


@pytest.mark.at_week(5)
def test_answer_versions_are_the_partnerships_alone(world: World, client: StrictClient) -> None:
    question = framework_of(world.inspection).questions.get(number=1)
    coordinator = world.people["coordinator"]
    kept = Answer.objects.filter(question=question, part="how_good").first()
    version = kept.version if kept else 0
    for number, words in enumerate(("We hear most children.", "We hear nearly all children.")):
        answer_question(
            world.inspection,
            question=question,
            texts={AnswerPart.HOW_GOOD: Typed(words, version + number)},
            by=coordinator,
            at=world.now + timedelta(hours=number),
        )
    here = path(world, "answer-versions", 1, "how_good")
    page = client.as_(coordinator).get(here)
    assert page.status_code == 200
    assert "nearly all" in page.content.decode()
    assert client.as_(world.people["lead"]).get(here).status_code == 403
    assert client.as_(world.people["other_lead"]).get(here).status_code == 404
    client.as_(coordinator)
    assert client.get(path(world, "answer-versions", 1, "nonsense")).status_code == 404


@pytest.mark.at_week(14)
def test_answer_versions_stay_closed_to_the_team_after_sending_in(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    page = client.get(path(world, "answer-versions", 1, "how_good"))
    assert page.status_code == 403
    assert "Only the partnership sees the earlier versions" in page.content.decode()


@pytest.mark.at_week(22)
def test_evidence_versions_show_what_was_revised(
    world: World, client: StrictClient, django_assert_num_queries: Any
) -> None:
    item = EvidenceItem.objects.filter(author=world.people["inspector"]).first()
    with django_assert_num_queries(3):
        assert len(evidence_versions(item)) == 1
    revise_evidence(
        item,
        based_on=item.version,
        source_type=item.source_type,
        activity=item.activity,
        text=f"{item.text} This was added afterwards.",
        direction=item.direction,
        indicators=list(item.indicators.all()),
        questions=list(item.questions.all()),
        documents=[],
        by=item.author,
        at=world.now,
    )
    with django_assert_num_queries(3):
        assert len(evidence_versions(item)) == 2
    client.as_(world.people["depute"])
    html = client.get(path(world, "evidence-versions", item.number)).content.decode()
    assert '<ins><span class="visually-hidden">put in: </span>This was added afterwards.' in html
    assert "<del>" not in html
    assert (
        client.as_(world.people["coordinator"])
        .get(path(world, "evidence-versions", item.number))
        .status_code
        == 403
    )


@pytest.mark.at_week(26)
def test_own_evaluation_versions_are_shown_to_nobody_else(
    world: World, client: StrictClient
) -> None:
    """Even after the reveal: a draft that somebody thought better of stays theirs."""
    own = SealedEvaluation.objects.exclude(inspector=world.people["depute"]).first()
    history = SealedEvaluation.history.filter(evaluation=own.evaluation)
    others = set(
        history.exclude(inspector=world.people["depute"]).values_list("rationale", flat=True)
    )
    mine = set(history.filter(inspector=world.people["depute"]).values_list("rationale", flat=True))
    client.as_(world.people["depute"])
    for name in ("own-evaluation-versions", "evaluation-versions"):
        html = client.get(path(world, name, own.evaluation.group.key)).content.decode()
        assert not [words for words in others - mine if words and words in html], name


@pytest.mark.at_week(31)
def test_evaluation_versions_end_with_the_panels_decision(
    world: World, client: StrictClient
) -> None:
    found = evaluations_of(world.inspection).first()
    client.as_(world.people["lead"])
    html = client.get(path(world, "evaluation-versions", found.group.key)).content.decode()
    assert "the panel, by" in html
    assert found.decision.reason[:30] in html
    assert (
        client.as_(world.people["coordinator"])
        .get(path(world, "evaluation-versions", found.group.key))
        .status_code
        == 403
    )
