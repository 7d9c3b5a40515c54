"""The partnership's side of the story: five answers, their files, and sending them in. Every word is invented."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document as WordDocument

from documents.actions.documents import keep_generated
from evaluations import queries
from evaluations.actions.given_parts import give_parts
from evaluations.actions.self_evaluation import (
    Typed,
    answer_question,
    link_evidence,
    submit_self_evaluation,
)
from evaluations.enums import AnswerPart
from evaluations.models import Question
from workspace.example.world import World

ANSWERS: dict[int, tuple[str, str, str]] = {
    1: (
        "Most children who need protection are recognised early and get help the same day. Inter-agency discussions are held "
        "quickly in working hours; at weekends they are slower to record. Children tell us that they knew who was asking and why.",
        "We audited thirty discussions in spring: in most, all three agencies took part within one working day. Schools and "
        "health visitors raise concerns earlier than two years ago. The weekend gap showed in the audit and in what staff told us.",
        "From January one rota covers weekends for all agencies. We will repeat the audit in June, and ask children again.",
    ),
    2: (
        "Children who have been abused or neglected are safer after three months in most cases. Help to recover comes on time "
        "for younger children. Young people over twelve wait too long for specialist help.",
        "Review figures show fewer repeat registrations. Waiting times are counted each month by the health board. A group of "
        "young people wrote to us about what waiting was like.",
        "A shared front door for recovery help opens in spring, with one waiting list and a worker who stays in touch.",
    ),
    3: (
        "Looked after children live in stable homes more often than three years ago, and brothers and sisters are kept in touch. "
        "Changes of social worker still interrupt relationships.",
        "Moves are counted each quarter. The champions group reads the figures with us. Exit talks with workers tell why they go.",
        "We protect time for relationships in caseloads, and tell each child themselves before a worker changes.",
    ),
    4: (
        "Young people leaving care have a home, and more of them stay on where they lived. Fewer are in work or learning than "
        "we want, and support thins out after twenty-one.",
        "Destinations are followed for three years. Young people who used the service led a review of it last winter.",
        "A guaranteed interview scheme begins with the three largest employers of the area. Support plans run to twenty-six.",
    ),
    5: (
        "Leaders share a clear vision that staff recognise. Joint planning is strong; joint commissioning is at an early stage. "
        "We know our figures better than what they mean for children.",
        "The children's services plan was written with the champions group. The public protection committee reads audits at each "
        "meeting. A staff survey found that most know our priorities.",
        "One outcomes framework for all partners from April, read twice a year with children and young people.",
    ),
}
FILES: tuple[tuple[str, int, str], ...] = (
    (
        "Audit of inter-agency discussions.docx",
        1,
        "Thirty discussions were read by two agencies together.",
    ),
    (
        "Recovery services waiting times.docx",
        2,
        "Months waited, by age band, for two years. No group is smaller than five.",
    ),
    ("Placement stability report.docx", 3, "Moves in each quarter, read with the champions group."),
    ("Destinations of care leavers.docx", 4, "Followed for three years after leaving care."),
    (
        "Children's services plan.docx",
        5,
        "What partners agreed to do together, and how they will know.",
    ),
    (
        "Staff survey summary.docx",
        5,
        "What staff of five agencies said about leadership and support.",
    ),
)
WRITERS = {
    1: "police_contributor",
    2: "health_contributor",
    3: "coordinator",
    4: "coordinator",
    5: "coordinator",
}

GIVEN = {
    1: ("police_contributor", "health_contributor"),
    2: ("health_contributor",),
    3: ("health_contributor", "reporter_contributor"),
}


def _answer(world: World, at: datetime, number: int, parts: tuple[AnswerPart, ...]) -> None:
    texts = {
        part: Typed(text=ANSWERS[number][list(AnswerPart).index(part)], version=0) for part in parts
    }
    answer_question(
        world.inspection,
        question=_question(world, number),
        texts=texts,
        by=world.people[WRITERS[number]],
        at=at,
    )


def _question(world: World, number: int) -> Question:
    return Question.objects.get(framework__key=world.inspection.framework_key, number=number)


def give_out(world: World, at: datetime) -> None:
    """The co-ordinator gives out three of the questions, two of them to two agencies each; the others she writes alone."""
    give_parts(
        world.inspection,
        parts={
            _question(world, number): [one for key in keys if (one := world.people[key].agency)]
            for number, keys in GIVEN.items()
        },
        by=world.people["coordinator"],
        at=at,
    )


def first_answers(world: World, at: datetime) -> None:
    """Two questions are written, and one is begun."""
    for number in (1, 3):
        _answer(world, at, number, tuple(AnswerPart))
    _answer(world, at, 5, (AnswerPart.HOW_GOOD,))


def all_answers_and_files(world: World, at: datetime) -> None:
    """The rest is written, and each file is linked to the answer that it supports."""
    for number in (2, 4):
        _answer(world, at, number, tuple(AnswerPart))
    _answer(world, at, 5, (AnswerPart.HOW_DO_WE_KNOW, AnswerPart.WHAT_NEXT))
    for name, number, words in FILES:
        document = keep_generated(
            word_file(name.removesuffix(".docx"), words),
            name=name,
            holder_type=queries.FILES_OF_SELF_EVALUATION,
            holder_id=world.inspection.reference,
            inspection=world.inspection.reference,
            by=world.people["coordinator"],
            at=at,
        )
        link_evidence(
            world.inspection,
            question=_question(world, number),
            documents=[document],
            by=world.people["coordinator"],
            at=at,
        )


def word_file(title: str, words: str) -> bytes:
    """A small Word document that says it is invented."""
    document = WordDocument()
    document.add_heading(title, level=1)
    document.add_paragraph(words)
    document.add_paragraph(
        "Glenmarrow is an invented area. Nothing here is about a real place or person."
    )
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def send_it_in(world: World, at: datetime) -> None:
    """The co-ordinator sends in what stands."""
    stands = queries.self_evaluation_stands(world.inspection)
    submit_self_evaluation(
        world.inspection, digest=stands.digest, by=world.people["coordinator"], at=at
    )
