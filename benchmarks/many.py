"""Plan and notify many inspections of invented areas by the real deeds, all led by one person."""

from __future__ import annotations

from accounts.roles import Role
from inspections.actions.declarations import declare_interest
from inspections.actions.notification import name_addressees, notify_partnership
from inspections.actions.planning import plan_inspection
from inspections.actions.team import name_team_member
from inspections.enums import InterestAnswer
from inspections.models import Area, Inspection
from workspace.example.world import World, begin, method


def inspections(world: World, *, upto: int) -> None:
    """Bring the number of inspections up to ``upto``; each notified on the same day as the example."""
    at = world.moment(1, 0, 9)
    for number in range(Inspection.objects.count(), upto):
        area = Area.objects.create(
            code=f"S129990{number:02d}"[:9] if number < 100 else f"S1299{number:04d}",
            name=f"Invented area {number}",
            nhs_board="Invented",
            nhs_board_code="S08999900",
            police_division_letter="Z",
            police_division="Invented",
            is_invented=True,
        )
        planned = plan_inspection(
            area,
            method=method(),
            planned_for=world.notified_on,
            requested_on=None,
            timetable_approved_on=None,
            by=world.people["programme_manager"],
            at=at,
        )
        for key, role in (
            ("lead", Role.INSPECTION_LEAD),
            ("support_officer", Role.SUPPORT_OFFICER),
        ):
            name_team_member(
                planned,
                person=world.people[key],
                role=role,
                until=None,
                by=world.people["programme_manager"],
                at=at,
            )
            declare_interest(
                planned, answer=InterestAnswer.NOTHING, words="", by=world.people[key], at=at
            )
        addressees = list(planned.addressees.all())
        for addressee in addressees:
            addressee.name, addressee.email = "An addressee", "addressee@glenmarrow.example"
        name_addressees(planned, addressees=addressees, by=world.people["support_officer"], at=at)
        notify_partnership(planned, by=world.people["lead"], at=at)


def the_world(notified_on: object, now: object) -> World:
    """The example's world, as far as its people and its calendar go."""
    return begin(notified_on=notified_on, now=now, planned_at=now)  # type: ignore[arg-type]
