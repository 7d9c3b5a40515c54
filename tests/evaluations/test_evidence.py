"""Recording and revising evidence: rules, actions, and what a failure leaves behind."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from evaluations import queries, rules
from evaluations.actions.evidence import revise_evidence
from evaluations.models import EvidenceItem, Indicator, Question
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from tests.evaluations.passages import a_passage
from workspace.example.world import World

pytestmark = pytest.mark.at_week(9)


def test_record_evidence_gives_the_next_number_and_one_event(world: World) -> None:
    before = Event.objects.count()

    first = a_passage(world, indicators=("1.1", "5.3"), questions=(1, 3))
    second = a_passage(world)

    assert (first.reference, second.reference) == ("E-001", "E-002")
    assert [row.number for row in first.indicators.all()] == ["1.1", "5.3"]
    assert [row.number for row in first.questions.all()] == [1, 3]
    assert first.author == world.people["inspector"]
    events = list(Event.objects.order_by("number")[before:])
    assert [event.name for event in events] == ["evaluations.evidence_recorded"] * 2
    assert first.text not in str(events[0].details)


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ({"indicators": ()}, "Choose at least one indicator that this evidence speaks to."),
        ({"questions": ()}, "Choose at least one question that this evidence helps to answer."),
    ],
)
def test_record_evidence_is_refused_without_its_links(
    world: World, links: Any, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refusal:
        a_passage(world, **links)

    assert refusal.value.verdict.source == "R39"
    assert not EvidenceItem.objects.exists()


def test_record_evidence_leaves_nothing_behind_when_it_fails(world: World) -> None:
    before = Event.objects.count()

    with pytest.raises(ValidationError):
        a_passage(world, source_type="hearsay")

    assert not EvidenceItem.objects.exists()
    assert Event.objects.count() == before


def test_record_evidence_from_one_page_again_is_the_passage_that_is_there(world: World) -> None:
    opening, before = uuid4(), Event.objects.count()
    first = a_passage(world, opening=opening)

    assert a_passage(world, opening=opening) == first
    assert a_passage(world, opening=uuid4()) == first, "Another window, alike in every word."
    with pytest.raises(SavedMeanwhile, match=r"^You saved version 1 of E-001 on ") as meanwhile:
        a_passage(world, opening=opening, indicators=("2.2",))

    assert meanwhile.value.newer.kept == first
    assert Event.objects.count() == before + 1
    theirs = a_passage(world, opening=opening, by="lead")
    assert theirs.reference == "E-002", "What a colleague records is never taken for one's own."


@pytest.mark.django_db(transaction=True)
def test_record_evidence_six_times_at_once_from_one_page_is_one(world: World) -> None:
    opening = uuid4()

    found = at_once(lambda _: a_passage(world, opening=opening))

    assert found == [EvidenceItem.objects.get()] * MANY
    assert Event.objects.filter(name="evaluations.evidence_recorded").count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_evidence_six_times_at_once_from_six_pages_is_six(world: World) -> None:
    at_once(lambda number: a_passage(world, opening=uuid4(), activity=f"Day {number}"))

    assert sorted(EvidenceItem.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.at_week(0)
def test_record_evidence_waits_for_notification(world: World) -> None:
    verdict = rules.may_record_evidence(world.inspection)

    assert str(verdict) == "Evidence is recorded once the partnership has been notified."


def test_revise_evidence_keeps_the_version_before_with_its_links(world: World) -> None:
    item = a_passage(world, text="Waits are long.", indicators=("2.1",), questions=(2,))

    _revise(
        world, item, text="Waits are longer in the north.", indicators=("2.2", "5.2"), by="lead"
    )

    item.refresh_from_db()
    assert (item.text, item.version) == ("Waits are longer in the north.", 2)
    assert item.revised_by == world.people["lead"]
    versions = list(item.history.order_by("version").values_list("version", "text"))
    assert versions == [(1, "Waits are long."), (2, "Waits are longer in the north.")]
    kept = item.history.get(version=1)
    assert [link.indicator.number for link in kept.indicators.all()] == ["2.1"]
    assert kept.history_user == world.people["inspector"]


def test_revise_evidence_never_writes_over_a_newer_version(world: World) -> None:
    item = a_passage(world, text="One.")
    _revise(world, item, text="Two.", by="lead")

    with pytest.raises(
        Refused, match=r"^Isla Dunmore saved version 2 of E-001 on .* Nothing was overwritten.$"
    ):
        _revise(world, item, text="Three.", based_on=1)

    item.refresh_from_db()
    assert item.text == "Two."


@pytest.mark.parametrize(
    ("person", "allowed"),
    [("inspector", True), ("lead", True), ("health_inspector", False), ("depute", False)],
)
def test_may_revise_evidence_is_for_its_author_and_the_lead(
    world: World, person: str, allowed: bool
) -> None:
    item = a_passage(world)

    verdict = rules.may_revise_evidence(item, by=world.people[person])

    assert bool(verdict) is allowed
    if not allowed:
        assert (
            str(verdict)
            == "Only Ewan Sleat, who recorded E-001, or the inspection lead revises it."
        )


def test_evidence_for_every_question_names_those_that_are_missing(world: World) -> None:
    a_passage(world, questions=(1, 2, 4))
    assert str(rules.evidence_for_every_question(world.inspection)) == (
        "No evidence is recorded yet for question 3 and 5."
    )

    a_passage(world, questions=(3, 5))
    assert rules.evidence_for_every_question(world.inspection)


def test_three_kinds_of_source_warns_in_words(world: World) -> None:
    group = queries.framework_of(world.inspection).groups.get(key="2.1")
    said = lambda: str(rules.three_kinds_of_source(world.inspection, group))  # noqa: E731

    assert said() == "2.1 has no evidence yet; three kinds of source are wanted."
    a_passage(world, source_type="records")
    a_passage(world, source_type="records")
    assert said() == "2.1 rests on one kind of source (Records); three are wanted."
    a_passage(world, source_type="interview")
    assert said() == "2.1 rests on two kinds of source (Records and Interviews); three are wanted."
    a_passage(world, source_type="data")
    assert said() == "Allowed."


def test_leadership_counts_evidence_of_all_its_four_indicators(world: World) -> None:
    for number, source in (("9.1", "records"), ("9.3", "data"), ("9.4", "interview")):
        a_passage(world, indicators=(number,), source_type=source)

    group = queries.framework_of(world.inspection).groups.get(key="9.1-9.4")
    assert rules.three_kinds_of_source(world.inspection, group)


def test_coverage_counts_each_passage_where_it_speaks(world: World) -> None:
    a_passage(world, indicators=("1.1", "2.1"), source_type="records")
    for _ in range(3):
        a_passage(world, indicators=("2.1",), source_type="data")

    covered = queries.coverage(world.inspection)
    rows = {row.indicator.number: row for row in covered.rows}

    assert len(rows) == 22
    assert covered.total == 4
    assert (rows["1.1"].words, rows["2.1"].words, rows["9.4"].words) == (
        "thin: one source",
        "",
        "no evidence yet",
    )
    cells = {cell.source.value: (cell.count, cell.heat) for cell in rows["2.1"].cells if cell.count}
    assert cells == {"records": (1, 1), "data": (3, 2)}
    assert [row.indicator.number for row in queries.coverage(world.inspection, evaluated_only=True).rows] == [
        "1.1", "2.1", "2.2", "9.1", "9.2", "9.3", "9.4",
    ]  # fmt: skip


def test_evidence_for_question_is_in_the_order_of_its_numbers(world: World) -> None:
    a_passage(world, questions=(5,))
    a_passage(world, questions=(1,))
    a_passage(world, questions=(1, 5))

    question = Question.objects.get(number=5)
    found = queries.evidence_for_question(world.inspection, question)
    assert [item.reference for item in found] == ["E-001", "E-003"]


def _revise(
    world: World, item: EvidenceItem, *, by: str = "inspector", **change: Any
) -> EvidenceItem:
    numbers = change.pop("indicators", ("2.1",))
    values = {
        "based_on": item.version,
        "source_type": item.source_type,
        "activity": item.activity,
        "text": item.text,
        "direction": item.direction,
        "questions": Question.objects.filter(number=2),
        **change,
    }
    return revise_evidence(
        EvidenceItem.objects.get(pk=item.pk),
        indicators=Indicator.objects.filter(number__in=numbers),
        by=world.people[by],
        at=timezone.now(),
        **values,
    )


@pytest.mark.at_week(8, weekday=3)
def test_record_evidence_offers_no_file_of_a_draft_return(
    world: World, client: StrictClient
) -> None:
    url = reverse("evaluations:record-evidence", args=[world.inspection.reference])

    page = client.as_(world.people["lead"]).get(url).content.decode()

    assert "Recovery services waiting times" not in page
