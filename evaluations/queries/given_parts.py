"""Who writes which answer: what was given to which agency, and who is there to write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import Agency, User
from accounts.roles import Role
from core.words import listed
from documents.models.document import DocumentQuerySet
from evaluations.models import EvidenceLink, GivenPart
from inspections.enums import OVER
from inspections.models import Inspection, Membership
from inspections.queries import Invited, invitations_of, invited_by_role


def agencies_of_partnership(inspection: Inspection) -> list[Agency]:
    """The agencies of the area, to which parts are given."""
    return list(Agency.objects.filter(areas=inspection.area_id).order_by("name"))


def given_parts(inspection: Inspection) -> dict[int, list[Agency]]:
    """By the number of each question, the agencies that write its answer. One query."""
    found: dict[int, list[Agency]] = {}
    parts = GivenPart.objects.in_force().filter(inspection=inspection)
    for part in parts.select_related("question", "agency"):
        found.setdefault(part.question.number, []).append(part.agency)
    return found


def numbers_given_to(person: User, inspection: Inspection) -> frozenset[int]:
    """The numbers of the questions whose answers this person's agency writes."""
    parts = GivenPart.objects.in_force().filter(inspection=inspection, agency=person.agency_id)
    return frozenset(parts.order_by().values_list("question__number", flat=True))


def files_of_given_parts(
    person: User, inspection: Inspection, files: DocumentQuerySet
) -> DocumentQuerySet:
    """Of these files, those that this person's agency added and those linked to an answer that it writes."""
    links = EvidenceLink.objects.filter(
        self_evaluation__inspection=inspection,
        question__number__in=numbers_given_to(person, inspection),
    )
    own = Q(agency=person.agency_id) if person.agency_id else Q(uploaded_by=person)
    return files.filter(own | Q(pk__in=links.values("document_id")))


@dataclass(frozen=True, slots=True)
class Writers:
    """One agency, and who of it has joined to write."""

    agency: Agency
    people: list[User]


def writers_of(inspection: Inspection) -> list[Writers]:
    """Every agency of the partnership with its contributors, in two queries."""
    joined = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.CONTRIBUTOR)
        .select_related("person__agency")
    )
    people: dict[int | None, list[User]] = {}
    for one in joined:
        people.setdefault(one.person.agency_id, []).append(one.person)
    return [
        Writers(agency, people.get(agency.pk, [])) for agency in agencies_of_partnership(inspection)
    ]


def invited_to_write(inspection: Inspection, *, now: datetime) -> dict[int, list[Invited]]:
    """By the number of each agency, who is invited to write for it and has not joined."""
    found: dict[int, list[Invited]] = {}
    rows = invited_by_role(invitations_of(inspection, now=now), [Role.CONTRIBUTOR])
    for one in rows.get(Role.CONTRIBUTOR, []):
        found.setdefault(one.invitation.agency_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Questions that were given to an agency of which nobody writes on this inspection besides one person, or any more."""

    inspection: Inspection
    agency: Agency
    numbers: list[int]

    @property
    def questions(self) -> str:
        """``question 4``, ``questions 1, 2 and 3``."""
        words = "question" if len(self.numbers) == 1 else "questions"
        return f"{words} {listed([str(number) for number in self.numbers])}"


def written_by_nobody_but(person: User, *, ended_at: datetime | None = None) -> list[Unwritten]:
    """What was given to this person's agency and is not sent in, where they write today and nobody else of it does.

    ``ended_at`` is the moment in which their parts ended, where it is asked after that.
    """
    if person.agency is None:
        return []
    theirs = (
        Membership.objects.filter(ended_at=ended_at) if ended_at else Membership.objects.current()
    )
    mine = theirs.filter(person=person, role=Role.CONTRIBUTOR).order_by()
    parts = (
        GivenPart.objects.in_force()
        .filter(agency=person.agency, inspection__in=mine.values("inspection"))
        .exclude(inspection__state__in=OVER)
        .exclude(inspection__self_evaluation__received_at__isnull=False)
        .select_related("inspection__area", "question")
        .order_by("inspection__reference", "question__number")
    )
    others = Membership.objects.current().in_role(Role.CONTRIBUTOR).exclude(person=person)
    covered = set(others.filter(person__agency=person.agency).values_list("inspection", flat=True))
    found: dict[int, Unwritten] = {}
    for part in parts:
        if part.inspection_id not in covered:
            unwritten = Unwritten(part.inspection, person.agency, [])
            found.setdefault(part.inspection_id, unwritten).numbers.append(part.question.number)
    return list(found.values())
