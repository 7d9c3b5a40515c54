"""What this app answers of people and agencies: their parts and their areas. And saying to which areas an agency belongs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import Agency, User
from accounts.ties import Part, Ties
from audit.record import record
from core.words import listed
from inspections import permissions, queries, rules
from inspections.actions.offices import end_stand_in
from inspections.actions.team import end_team_member
from inspections.models import Area


@transaction.atomic
def change_areas_of_agency(
    agency: Agency, *, areas: list[Area], by: User, at: datetime
) -> list[Area]:
    """The agency belongs to these areas and no others: its people may join for their partnerships. The same again is no event."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    permissions.can_change_areas_of_agency(by).enforce()
    rules.may_change_areas_of_agency(agency, areas=areas).enforce()
    if set(queries.areas_of(agency)) == set(areas):
        return areas
    agency.areas.set(areas)
    names = sorted(area.name for area in areas)
    record(
        "inspections.areas_of_agency_changed",
        by=by,
        at=at,
        subject=agency,
        agency=agency.name,
        areas=listed(names) or "no area",
    )
    return areas


def _parts_of(person: User) -> Iterator[Part]:
    for one in queries.parts_played(person):
        yield Part(
            reference=one.inspection.reference,
            where=one.inspection.area.name,
            role=one.words,
            until=one.until,
            url=reverse("inspections:team", args=[one.inspection.reference]),
        )


def _end_parts(person: User, by: User, at: datetime) -> None:
    """Each part ends by its own deed, which stands in the log of its inspection; so does standing in for somebody else."""
    for one in queries.parts_played(person):
        if one.stand_in:
            end_stand_in(one.stand_in, by=by, at=at)
        else:
            end_team_member(one.membership, by=by, at=at)


TIES = Ties(
    parts_of=_parts_of,
    may_hold_office=rules.office_leaves_parts,
    may_move=rules.agency_leaves_parts,
    may_close=rules.closing_leaves_leads,
    end_parts=_end_parts,
    areas_of=lambda agency: [area.name for area in queries.areas_of(agency)],
    areas_url=lambda agency: (
        ""
        if agency.is_inspectorate
        else reverse("inspections:change-areas-of-agency", args=[agency.pk])
    ),
)
