"""Who declares their interests, what opens at once, and who decides on the rest."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections import queries
from inspections.enums import OVER, InterestAnswer, InterestDecision
from inspections.models import Declaration, Inspection
from inspections.rules.clashes import clashes_of_naming
from inspections.rules.joined import is_known_here
from inspections.rules.team import is_over


def may_declare_interest(inspection: Inspection, *, person: User) -> Verdict:
    """Whoever is named to the team, or stands in for one of it, while the inspection is not over; known by their address, or by a
    second person."""
    if inspection.state in OVER:
        return refuse(f"{is_over(inspection)}. Nobody declares interests on it any more.")
    return is_known_here(inspection, person=person) & require(
        queries.parts_to_declare_for(inspection, person),
        "Only people of the inspection team, and those who stand in for them, declare their interests.",
    )


def is_said_anew(latest: Declaration | None, *, answer: InterestAnswer, words: str) -> Verdict:
    """The same words twice are one declaration: whoever clicks twice is told that it is on record."""
    if latest is None or (latest.answer, latest.words) != (answer, words):
        return ALLOWED
    day = day_in_words(latest.declared_at)
    return refuse(f"You declared just this on {day}, and it is on record. Write what has changed.")


def opens_at_once(earlier: list[Declaration], *, answer: InterestAnswer) -> bool:
    """Nothing to declare opens the inspection at once. Who has declared something here before waits for a decision."""
    return answer == InterestAnswer.NOTHING and all(
        one.answer == InterestAnswer.NOTHING for one in earlier
    )


def may_decide_interest(declaration: Declaration, *, by: User) -> Verdict:
    """Somebody else decides, once, and on what was declared last."""
    person = declaration.person
    if person.pk == by.pk:
        return refuse(
            "Nobody decides about their own interest. Ask the programme manager or the service manager."
        )
    latest = queries.declared_last(declaration.inspection).get(person.pk, declaration)
    return (
        is_undecided(declaration)
        & require(
            latest.pk == declaration.pk,
            f"{person} has declared anew since. Decide on that instead.",
        )
        & require(
            declaration.waits, f"{person} has nothing to declare: there is nothing to decide."
        )
    )


def is_undecided(declaration: Declaration) -> Verdict:
    """A decision is final. What has changed is declared anew."""
    if declaration.decided_at is None:
        return ALLOWED
    day = day_in_words(declaration.decided_at)
    decided = InterestDecision(declaration.decision).label.lower()
    return refuse(
        f"{declaration.decided_by} decided on this on {day}: {declaration.person} {decided}."
    )


def terms_are_said(decision: InterestDecision, *, terms: str) -> Verdict:
    """Whoever works apart is told from what; nobody else gets terms."""
    if decision == InterestDecision.APART:
        return require(
            terms,
            "Say what they keep away from, so that they and you can keep to it.",
            about="terms",
        )
    return require(
        not terms,
        "You wrote what they keep away from: choose “Works apart from what they declared”, or empty this box.",
        about="terms",
    )


def interests_of_naming(inspection: Inspection, *, person: User) -> list[str]:
    """What is known of somebody and this area before they declare: sentences that warn and stop nothing."""
    area = inspection.area
    found = []
    if person.agency and area.agencies.filter(pk=person.agency.pk).exists():
        found.append(f"{person} belongs to {person.agency}, which is inspected in {area}.")
    declared, worked = queries.known_from_before(inspection, person)
    found += [f"{person} declared an interest on an earlier inspection, {one}." for one in declared]
    found += [f"{person} was of the partnership on an earlier inspection, {one}." for one in worked]
    return found


def warnings_of_naming(
    inspection: Inspection, *, person: User | None, role: Role, until: date | None, on: date
) -> list[str]:
    """All that whoever names somebody to the team from a day on sees first: what would clash, and what is known of them and this
    area. Sentences that warn and stop nothing; none for the partnership's people, who belong to the area.
    """
    if person is None or role not in TEAM_ROLES:
        return []
    clashes = clashes_of_naming(inspection, person=person, role=role, until=until, on=on)
    return [*(one.sentence for one in clashes), *interests_of_naming(inspection, person=person)]
