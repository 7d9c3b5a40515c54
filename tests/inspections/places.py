"""Further invented areas, and inspections planned in them by the real deed."""

from __future__ import annotations

from accounts.models import Agency
from accounts.roles import Role
from inspections.actions.planning import plan_inspection
from inspections.models import Area, Inspection
from tests.inspections.declared import named_and_let_in
from workspace.example.world import GLENMARROW, World, method


def invented_area(number: int) -> Area:
    """An area that does not exist, without school holidays; the agencies of the example work in it too."""
    area, _ = Area.objects.get_or_create(
        code=f"S129999{number:02d}",
        defaults={
            "name": f"Otherglen {number}",
            "nhs_board": "Otherglen",
            "nhs_board_code": f"S089999{number:02d}",
            "police_division_letter": "Y",
            "police_division": "Otherglen",
            "is_invented": True,
        },
    )
    area.agencies.add(*Agency.objects.filter(areas__code=GLENMARROW["code"]))
    return area


def another_inspection(world: World, number: int, *, lead: str = "other_lead") -> Inspection:
    """One more inspection, planned when Glenmarrow's was and for the same day, with a lead."""
    manager = world.people["programme_manager"]
    inspection = plan_inspection(
        invented_area(number),
        method=method(),
        planned_for=world.notified_on,
        requested_on=None,
        timetable_approved_on=None,
        by=manager,
        at=world.inspection.planned_at,
    )
    named_and_let_in(
        inspection,
        person=world.people[lead],
        role=Role.INSPECTION_LEAD,
        until=None,
        by=manager,
        at=world.now,
    )
    return inspection
