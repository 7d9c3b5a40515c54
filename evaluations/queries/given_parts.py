"""Who writes which answer: what was given to which agency, and who is there to write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import Agency, User
from accounts.roles import Role
from documents.models.document import DocumentQuerySet
from evaluations.models import EvidenceLink, GivenPart
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
