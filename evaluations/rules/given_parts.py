"""When parts of the joint self-evaluation are given out, and which of it an agency sees."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Agency, User
from accounts.roles import Role
from core.verdicts import ALLOWED, Verdict, refuse, require
from evaluations import queries
from evaluations.models import Question
from evaluations.rules.self_evaluation import may_answer_question
from inspections.models import Inspection, Membership


def may_give_parts(
    inspection: Inspection,
    *,
    agencies: Collection[Agency] = (),
    questions: Collection[Question] = (),
) -> Verdict:
    """Parts are given as long as answers are written: questions of the inspection's own framework, to agencies of the partnership."""
    verdict = may_answer_question(inspection)
    if not verdict:
        return verdict
    own = (
        {agency.pk for agency in queries.agencies_of_partnership(inspection)} if agencies else set()
    )
    framework = queries.framework_of(inspection) if questions else None
    foreign = [
        question.number
        for question in questions
        if framework and question.framework_id != framework.pk
    ]
    if foreign:
        return refuse(
            f"Question {foreign[0]} belongs to another quality framework than the one of this inspection. "
            "Open the page anew and tick again.",
            source="R5",
        )
    strangers = [str(agency) for agency in agencies if agency.pk not in own]
    return require(
        not strangers,
        f"{', '.join(strangers)} is not of the partnership of {inspection.area}. Choose one of its agencies.",
    )


def is_given_to(person: User, inspection: Inspection, question: Question | None) -> Verdict:
    """An agency writes the answers that the co-ordinator has given to it; ``question`` left out: any of them."""
    given = queries.numbers_given_to(person, inspection)
    if question is None:
        return require(given, f"{_nothing_given(person)} {_ask(inspection)}")
    return require(
        question.number in given,
        f"Question {question.number} is not given to {_agency(person)}. {_ask(inspection)}",
    )


def whole_is_shown_to_agencies(inspection: Inspection) -> Verdict:
    """An agency sees others' answers once the whole is sent in: until then they are others' drafts."""
    return require(
        queries.is_received(inspection),
        "You see the answers that are given to your agency; the others once all are sent in.",
    )


def whole_is_shown_to_chief_officers(inspection: Inspection) -> Verdict:
    """Those who answer for an agency read the whole as soon as every part is written, before it is sent in."""
    if queries.is_received(inspection):
        return ALLOWED
    stands = queries.self_evaluation_stands(inspection)
    return require(
        stands.written == len(stands.questions),
        "You see the answers that are given to your agency, and the others as soon as all five are written.",
    )


def nothing_given(person: User, inspection: Inspection) -> Verdict:
    """What an agency reads to which nothing was given yet."""
    return refuse(f"{_nothing_given(person)} {_ask(inspection)}")


def _nothing_given(person: User) -> str:
    return f"No question has been given to {_agency(person)} yet."


def _agency(person: User) -> str:
    return str(person.agency) if person.agency else "your agency"


def _ask(inspection: Inspection) -> str:
    """Whom to ask for a part."""
    held = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.INSPECTION_COORDINATOR)
        .select_related("person")
        .first()
    )
    who = held.person.name if held else "The inspection co-ordinator"
    return f"{who} gives out the questions: ask there."
