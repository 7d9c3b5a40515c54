"""The joint self-evaluation: who writes, what is never overwritten, what is sent in, and who sees it before."""

from __future__ import annotations

import io
from datetime import timedelta
from hashlib import sha256

import pikepdf
import pytest
from django.utils import timezone

from audit.models import Event
from audit.narrate import narrate
from core.models import Letter
from core.verdicts import Refused
from documents.actions.documents import keep_generated
from documents.models import Document
from evaluations import permissions, queries, rules
from evaluations.actions.self_evaluation import (
    Typed,
    answer_question,
    link_evidence,
    submit_self_evaluation,
    unlink_evidence,
)
from evaluations.enums import SELF_EVALUATION_MOVES, AnswerPart, SelfEvaluationState
from evaluations.models import Answer, EvidenceLink, Question, ReceiptLine, SelfEvaluation
from evaluations.tasks import draw_receipt
from inspections import gates
from tests.jobs import run_jobs
from workspace.example.self_evaluation import word_file
from workspace.example.world import World

HOW_GOOD = AnswerPart.HOW_GOOD


def write(world: World, text: str, *, version: int = 0, number: int = 1, by: str = "coordinator"):
    question = Question.objects.get(number=number)
    texts = {HOW_GOOD: Typed(text, version)}
    return answer_question(
        world.inspection, question=question, texts=texts, by=world.people[by], at=timezone.now()
    )


def write_all(world: World, words: str = "Most children get help in time.") -> None:
    for question in Question.objects.all():
        stored = {a.part: a.version for a in Answer.objects.filter(question=question)}
        texts = {part: Typed(words, stored.get(part.value, 0)) for part in AnswerPart}
        answer_question(
            world.inspection,
            question=question,
            texts=texts,
            by=world.people["coordinator"],
            at=timezone.now(),
        )


def add_file(world: World, name: str = "Audit.docx") -> Document:
    return keep_generated(
        word_file(name, "What the audit found."),
        name=name,
        holder_type=queries.FILES_OF_SELF_EVALUATION,
        holder_id=world.inspection.reference,
        inspection=world.inspection.reference,
        by=world.people["coordinator"],
        at=timezone.now(),
    )


def link(world: World, document: Document, number: int = 1) -> list[EvidenceLink]:
    question = Question.objects.get(number=number)
    return link_evidence(
        world.inspection,
        question=question,
        documents=[document],
        by=world.people["coordinator"],
        at=timezone.now(),
    )


def submit(world: World, *, by: str = "coordinator") -> SelfEvaluation:
    digest = queries.self_evaluation_stands(world.inspection).digest
    return submit_self_evaluation(
        world.inspection, digest=digest, by=world.people[by], at=timezone.now()
    )


def events(name: str) -> list[Event]:
    return list(Event.objects.filter(name=f"evaluations.{name}"))


# ---------- Writing ----------


@pytest.mark.at_week(3)
def test_there_is_no_self_evaluation_before_its_first_word(world: World) -> None:
    assert queries.self_evaluation_of(world.inspection) is None
    write(world, "Most children get help in time.")
    kept = queries.self_evaluation_of(world.inspection)
    assert kept is not None
    assert kept.state == SelfEvaluationState.OPEN


@pytest.mark.at_week(3)
def test_answer_question_keeps_every_version_with_its_writer(world: World) -> None:
    write(world, "First.")
    write(world, "Second.", version=1, by="health_contributor")
    answer = Answer.objects.get()
    assert (answer.text, answer.version, answer.changed_by) == (
        "Second.",
        2,
        world.people["health_contributor"],
    )
    assert [row.text for row in answer.history.order_by("version")] == ["First.", "Second."]


@pytest.mark.at_week(3)
def test_answer_question_overwrites_nothing_that_somebody_else_saved_meanwhile(
    world: World,
) -> None:
    write(world, "First.")
    write(world, "Second.", version=1, by="health_contributor")
    saved = write(world, "Mine.", version=1)
    assert [conflict.text for conflict in saved.conflicts] == ["Second."]
    assert (Answer.objects.get().text, Answer.objects.get().version) == ("Second.", 2)


@pytest.mark.at_week(3)
def test_answer_question_saves_the_other_boxes_of_a_save_with_a_conflict(world: World) -> None:
    write(world, "Theirs.", by="health_contributor")
    texts = {HOW_GOOD: Typed("Mine.", 0), AnswerPart.WHAT_NEXT: Typed("A rota.", 0)}
    saved = answer_question(
        world.inspection,
        question=Question.objects.get(number=1),
        texts=texts,
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    assert [answer.text for answer in saved.answers] == ["A rota."]
    assert [answer.text for answer in saved.conflicts] == ["Theirs."]


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("sent", "based_on", "becomes"),
    [
        ("First.", 1, "untouched"),
        ("Second.", 2, "untouched"),
        ("", 0, "untouched"),
        ("Third.", 1, "answers"),
        ("First.", 2, "conflicts"),
        ("First.", 7, "conflicts"),
        ("Mine.", 1, "conflicts"),
    ],
)
def test_answer_question_takes_a_text_equal_to_its_base_for_untouched(
    world: World, sent: str, based_on: int, becomes: str
) -> None:
    write(world, "First.")
    write(world, "Second.", version=1)
    write(world, "Third.", version=2, by="health_contributor")
    saved = write(world, sent, version=based_on)
    assert [answer.text for answer in getattr(saved, becomes)] == ["Third."]
    assert not saved.written
    assert sum(map(len, (saved.answers, saved.untouched, saved.conflicts))) == 1
    assert (Answer.objects.get().text, Answer.objects.get().version) == ("Third.", 3)


@pytest.mark.at_week(3)
def test_answer_question_with_the_same_text_changes_nothing(world: World) -> None:
    write(world, "First.")
    saved = write(world, "First.", version=0)
    assert not saved.conflicts
    assert Answer.objects.get().version == 1
    assert len(events("question_answered")) == 1


@pytest.mark.at_week(3)
def test_the_log_has_one_event_for_a_quarter_of_an_hour_of_writing(world: World) -> None:
    question, now = Question.objects.get(number=1), timezone.now()
    for version, minutes in enumerate((0, 5, 14, 16)):
        answer_question(
            world.inspection,
            question=question,
            texts={HOW_GOOD: Typed(f"Text {version}.", version)},
            by=world.people["coordinator"],
            at=now + timedelta(minutes=minutes),
        )
    found = events("question_answered")
    assert len(found) == 2
    assert (
        narrate(found[0])
        == f"{world.people['coordinator']} wrote in question 1 of the joint self-evaluation."
    )


def test_may_answer_question_is_refused_before_notification(world: World) -> None:
    verdict = rules.may_answer_question(world.inspection)
    assert (
        verdict.sentence
        == "The joint self-evaluation opens once the partnership has been notified."
    )


# ---------- Evidence ----------


@pytest.mark.at_week(3)
def test_link_evidence_links_each_file_once_and_unlinking_keeps_the_file(world: World) -> None:
    document = add_file(world)
    (made,) = link(world, document)
    assert link(world, document) == []
    assert len(events("evidence_linked")) == 1
    unlink_evidence(made, by=world.people["coordinator"], at=timezone.now())
    assert not EvidenceLink.objects.exists()
    assert Document.objects.filter(pk=document.pk).exists()
    assert len(events("evidence_unlinked")) == 1
    for event in (*events("evidence_linked"), *events("evidence_unlinked")):
        assert document.name not in narrate(event), (
            "a draft return shows the team not even its titles"
        )


@pytest.mark.at_week(3)
def test_a_newer_version_of_a_linked_file_counts_as_linked(world: World) -> None:
    link(world, add_file(world))
    newer = keep_generated(
        word_file("Audit", "Other words."),
        name="Audit.docx",
        holder_type=queries.FILES_OF_SELF_EVALUATION,
        holder_id=world.inspection.reference,
        inspection=world.inspection.reference,
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    stands = queries.self_evaluation_stands(world.inspection)
    assert stands.files == [newer]
    assert stands.unlinked_files == []


# ---------- Warnings, as sentences ----------


@pytest.mark.at_week(3)
def test_warnings_before_sending_say_what_is_long_and_what_is_not_linked(world: World) -> None:
    write_all(world)
    terms = queries.limits()
    write(world, "word " * (terms.words_per_side * terms.sides_per_question), version=1)
    link(world, add_file(world, "Audit.docx"), number=2)
    add_file(world, "Loose.docx")
    warnings = [
        w.sentence
        for w in rules.self_evaluation_warnings(queries.self_evaluation_stands(world.inspection))
    ]
    assert warnings == [
        "Question 1 takes about 5.1 sides; 5 are recommended.",
        "No evidence is linked to question 1, 3, 4, 5.",
        "Not linked to any answer: “Loose.docx”.",
    ]


@pytest.mark.at_week(3)
def test_warnings_before_sending_say_when_the_whole_is_above_thirty_pages(world: World) -> None:
    write_all(world, "word " * 910)
    warnings = [
        w.sentence
        for w in rules.self_evaluation_warnings(queries.self_evaluation_stands(world.inspection))
    ]
    assert "All answers take about 30.4 pages; 30 are recommended." in warnings


def test_one_side_of_a4_is_taken_as_450_words() -> None:
    terms = queries.limits()
    assert (terms.words_per_side, terms.sides_per_question, terms.pages) == (450, 5, 30)
    assert [terms.sides(words) for words in (0, 1, 450, 451)] == [0, 0.1, 1.0, 1.1]


# ---------- Sending in ----------


@pytest.mark.at_week(3)
def test_submit_self_evaluation_is_refused_while_a_part_is_empty_and_leaves_nothing(
    world: World,
) -> None:
    write_all(world)
    write(world, "  ", version=1, number=4)
    with pytest.raises(Refused) as refused:
        submit(world)
    assert refused.value.verdict.sentence == "Not written yet: question 4: “How good are we now?”."
    assert refused.value.verdict.source == "R21"
    assert not SelfEvaluation.objects.filter(state=SelfEvaluationState.RECEIVED).exists()
    assert not ReceiptLine.objects.exists()
    assert events("self_evaluation_submitted") == []


@pytest.mark.at_week(3)
def test_submit_self_evaluation_is_refused_when_it_is_not_what_the_sender_read(
    world: World,
) -> None:
    write_all(world)
    digest = queries.self_evaluation_stands(world.inspection).digest
    write(world, "Changed meanwhile.", version=1, by="health_contributor")
    with pytest.raises(
        Refused, match="Somebody changed an answer or a file after this page was opened"
    ):
        submit_self_evaluation(
            world.inspection, digest=digest, by=world.people["coordinator"], at=timezone.now()
        )


@pytest.mark.at_week(3)
def test_submit_self_evaluation_is_received_with_a_manifest_of_every_answer_and_file(
    world: World,
) -> None:
    write_all(world, "Wir hören zu: ünïcode.")
    document = add_file(world)
    link(world, document)
    kept = submit(world)
    lines = list(kept.receipt_lines.all())
    assert len(lines) == 16
    assert lines[0].title == "Question 1: How good are we now?"
    assert lines[0].sha256 == sha256("Wir hören zu: ünïcode.".encode()).hexdigest()
    assert (lines[-1].title, lines[-1].sha256) == ("Audit.docx", document.sha256)
    (event,) = events("self_evaluation_submitted")
    assert narrate(event).endswith("sent in the joint self-evaluation: 60 words, 1 files.")


@pytest.mark.at_week(3)
def test_submit_self_evaluation_completes_its_step_opens_the_gate_and_tells_people(
    world: World,
) -> None:
    write_all(world)
    held = {finding.condition.key: finding for finding in gates.findings(world.inspection)}
    assert (
        held["self-evaluation"].verdict.sentence
        == "The joint self-evaluation has not been received yet."
    )
    submit(world)
    step = queries.self_evaluation_step(world.inspection)
    assert step is not None
    assert (step.state, step.done_by) == ("done", world.people["coordinator"])
    assert {finding.condition.key: finding.met for finding in gates.findings(world.inspection)}[
        "self-evaluation"
    ]
    run_jobs(timezone.now())
    told = set(
        Letter.objects.filter(template="evaluations/self_evaluation_submitted").values_list(
            "to", flat=True
        )
    )
    assert told == {
        world.people[key].email for key in ("coordinator", "lead", "depute", "support_officer")
    }


@pytest.mark.at_week(3)
def test_submit_self_evaluation_twice_is_one_receipt(world: World) -> None:
    write_all(world)
    first = submit(world)
    again = submit(world)
    assert (first.pk, first.received_at) == (again.pk, again.received_at)
    assert len(events("self_evaluation_submitted")) == 1


@pytest.mark.at_week(3)
def test_what_was_sent_in_is_not_changed_any_more(world: World) -> None:
    write_all(world)
    document = add_file(world)
    (made,) = link(world, document)
    submit(world)
    sentence = f"The joint self-evaluation was sent in on {timezone.localdate():%-d %B %Y}. It is kept as it was sent."
    for deed in (
        lambda: write(world, "Later.", version=1),
        lambda: link(world, document, number=2),
        lambda: unlink_evidence(made, by=world.people["coordinator"], at=timezone.now()),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.verdict.sentence == sentence
    holder = permissions.SELF_EVALUATION_FILES
    assert (
        holder.may_add(world.people["coordinator"], world.inspection.reference).sentence == sentence
    )


@pytest.mark.at_week(3)
def test_the_receipt_is_drawn_once_by_the_worker(world: World) -> None:
    write_all(world)
    link(world, add_file(world))
    kept = submit(world)
    run_jobs(timezone.now())
    kept.refresh_from_db()
    assert kept.receipt is not None
    assert kept.receipt.name == f"{world.inspection.reference}-SE receipt.pdf"
    with kept.receipt.file.open("rb") as file, pikepdf.open(io.BytesIO(file.read())) as pdf:
        assert (
            pdf.docinfo["/Title"]
            == f"Receipt {world.inspection.reference}-SE: joint self-evaluation of Glenmarrow"
        )
    draw_receipt(self_evaluation=kept.pk, now=timezone.now())
    assert Document.objects.filter(holder_type="evaluations.receipt").count() == 1
    assert kept.receipt not in queries.files_of_self_evaluation(world.inspection)


# ---------- Who ----------

WRITES = {"coordinator", "health_contributor", "police_contributor", "reporter_contributor"}
PARTNERSHIP = WRITES | {"participation_coordinator", "chief_officer"}
TEAM = {
    "lead",
    "depute",
    "participation_lead",
    "inspector",
    "associate",
    "support_officer",
    "service_manager",
}


@pytest.mark.at_week(3)
def test_the_partnership_reads_its_draft_and_the_team_does_not(world: World) -> None:
    write(world, "Our draft.")
    for key in sorted(PARTNERSHIP):
        assert permissions.can_read_self_evaluation(world.people[key], world.inspection), key
    for key in sorted(TEAM):
        person = world.people[key]
        assert permissions.can_see_self_evaluation(person, world.inspection), key
        verdict = permissions.can_read_self_evaluation(person, world.inspection)
        assert (
            verdict.sentence == "The partnership has not sent its joint self-evaluation in yet."
        ), key
        assert not permissions.SELF_EVALUATION_FILES.may_see(person, world.inspection.reference)


@pytest.mark.at_week(3)
def test_only_the_coordinator_sends_it_in_and_contributors_write(world: World) -> None:
    write_all(world)
    writers = {
        k for k, p in world.people.items() if permissions.can_answer_question(p, world.inspection)
    }
    senders = {
        k
        for k, p in world.people.items()
        if permissions.can_submit_self_evaluation(p, world.inspection)
    }
    assert senders == {"coordinator"}
    assert writers == WRITES


@pytest.mark.at_week(3)
def test_the_team_reads_it_once_it_is_received(world: World) -> None:
    write_all(world)
    submit(world)
    assert permissions.can_read_self_evaluation(world.people["lead"], world.inspection)
    assert permissions.SELF_EVALUATION_FILES.may_see(
        world.people["lead"], world.inspection.reference
    )


def test_no_state_is_a_dead_end() -> None:
    moves = {state: set(stand.moves.values()) for state, stand in SELF_EVALUATION_MOVES.items()}
    assert moves[SelfEvaluationState.OPEN] == {
        SelfEvaluationState.OPEN,
        SelfEvaluationState.RECEIVED,
    }
    assert moves[SelfEvaluationState.RECEIVED] == set()
