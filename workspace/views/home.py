"""Home, by role: what is mine, what is late, and where each inspection stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from accounts.queries import letters_to, offices_of
from accounts.roles import Capability
from concerns.deeds import RUNNING as CONCERNED
from concerns.queries import immediate_of
from core.web import find_or_404, page, paginate
from inspections import gates, permissions, rules
from inspections import queries as inspections
from inspections.desk import Desk, waiting
from inspections.enums import InspectionState
from inspections.models import Inspection, Step
from inspections.models.inspection import SEES_ALL
from inspections.rooms import inspection_frame
from workspace import partnership, queries, work
from workspace.changes import changes
from workspace.permissions import can_see_access

SHOWN = (
    20  # things of each kind on the home page; the rest stand in the inspections' own timetables
)
TOLD = 3  # letters to the person; the rest stand on the page of what they were told
STRIPS = 10  # inspections on one page of the home page


@page("GET")
def home(request: HttpRequest) -> HttpResponse:
    """What needs me, by consequence; what is late with others; what changed; where each inspection stands."""
    today = timezone.localdate()
    desk = work.desk_of(request.user, today)
    for_days = work.comes_for_days(desk)
    if work.is_partner(desk) and len(desk.inspections) == 1 and not for_days:
        return _partner_home(request, desk)
    found = paginate(request, desk.inspections, size=STRIPS)
    prefetch_related_objects(found.object_list, "holiday_weeks", "area__school_holiday_weeks")

    gate_of = work.led(desk)
    gate = gates.holding(gate_of) if gate_of else []
    context = {
        "told": list(letters_to(request.user)[:TOLD]),
        "title": "What needs you today",
        "today": today,
        "immediate": immediate_of(_watched(desk)),
        "work": work.workload(desk, gate_of=gate_of, gate=gate, shown=SHOWN),
        "inspections": found,
        "strips": work.strips(found, today),
        "is_example": any(one.area.is_invented for one in found),
        "can_plan_inspection": permissions.can_plan_inspection(request.user),
        "last_days": inspections.last_days_of(request.user) if desk.inspections else [],
        "on_nothing": "" if desk.inspections else inspections.why_on_nothing(request.user),
        "changes": changes(_logs_read(desk), today),
        "gate_of": gate_of,
        "gate": gate,
        "gate_title": gates.TITLES.get(InspectionState(gate_of.state), "") if gate_of else "",
    }
    if for_days:
        people = partnership.people_around(desk.inspections[0])
        contact = people.asked_by(request.user)
        context |= {
            "title": "Your next days",
            "contact": contact,
            "contact_part": people.part_of(contact),
            "raises_in": next(iter(desk.where(Capability.RAISE_CONCERN, *CONCERNED)), None),
        }
    else:
        context["coming_up"] = work.coming_up(desk.inspections, today)
    return render(request, "workspace/home.html", context)


def _logs_read(desk: Desk) -> list[str]:
    return [one.reference for one in desk.where(Capability.SEE_LOG, *InspectionState)]


def _watched(desk: Desk) -> list[int]:
    """The inspections whose concerns are all this person's business, by number."""
    return [one.pk for one in desk.where(Capability.SEE_CONCERNS, *InspectionState)]


def _partner_home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is asked of the partnership, by when, who has it, whom to ask, and what happens next."""
    inspection = desk.inspections[0]
    side = _partner_side(inspection, desk)
    context = {
        "told": list(letters_to(request.user)[:TOLD]),
        "title": side["partner"].title,
        "today": desk.today,
        "inspection": inspection,
        "strips": work.strips([inspection], desk.today),
        "last_days": inspections.last_days_of(request.user),
        "is_example": inspection.area.is_invented,
        **side,
    }
    return render(request, "workspace/partner_home.html", context)


def _partner_side(inspection: Inspection, desk: Desk) -> dict[str, Any]:
    """What a partnership member sees of an inspection."""
    side = partnership.side_of(inspection, desk, waiting(desk))
    return {
        "partner": side,
        "week": inspections.week_of(inspection, desk.today),
        "contact": side.people.contact,
        "contact_part": side.people.part_of(side.people.contact),
    }


@page("GET")
def programme(request: HttpRequest) -> HttpResponse:
    """Every inspection one may see, with its lead, state and week."""
    today = timezone.localdate()
    found = paginate(request, inspections.programme(request.user, also_withdrawn=True))

    context = {
        "title": "Programme",
        "inspections": found,
        "rows": [
            {
                "inspection": one,
                "standing": inspections.standing(one, today),
                "why": inspections.why_chosen(one),
            }
            for one in found
        ],
        "shows_why": bool(offices_of(request.user) & SEES_ALL),
        "can_plan_inspection": permissions.can_plan_inspection(request.user),
        "can_see_access": can_see_access(request.user),
        "is_example": any(one.area.is_invented for one in found),
    }
    return render(request, "workspace/programme.html", context)


@page("GET")
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Where one inspection is, what holds its gate, who works on it, and what was done last."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    today = timezone.localdate()

    frame = inspection_frame(request.user, inspection, room="overview", today=today)
    steps = inspections.steps_or_draft(inspection)
    context = {
        "last_days": inspections.last_days_of(request.user, inspection),
        **frame,
        "title": "Overview",
        "tracker": inspections.tracker(inspection, steps, today),
    }
    if frame["is_partnership"]:
        context |= _partner_side(inspection, work.desk_for(request.user, inspection, today))
        return render(request, "workspace/partner_overview.html", context)
    team, partnership = inspections.people_of(inspection)
    gate = gates.findings(inspection)
    context |= {
        "immediate": immediate_of([inspection.pk])
        if permissions.has(request.user, inspection, Capability.SEE_CONCERNS)
        else [],
        "gate": gate,
        "gate_met": sum(finding.met for finding in gate),
        "gate_is_open": not any(finding.holds for finding in gate),
        "partnership_joined": any(place.holders for place in partnership),
        "gate_title": gates.TITLES.get(InspectionState(inspection.state), ""),
        "next_deed": next(iter(inspection.stand.moves), None),
        "can_see_log": permissions.can_see_log(request.user, inspection),
        "can_look_back": permissions.can_look_back(request.user, inspection),
        "sureness": queries.how_sure(inspection)
        if permissions.has(request.user, inspection, Capability.SEE_EVIDENCE)
        else [],
        "can_see_team_rooms": permissions.can_see_team_rooms(request.user, inspection),
        "team": team,
        "partnership": partnership,
        "coming_up": work.coming_up([inspection], today),
        "events": queries.last_events([inspection.reference])
        if permissions.can_see_log(request.user, inspection)
        else [],
    }
    if inspection.notified_on is None:
        context |= _plan_side(request.user, inspection, steps, today)
    return render(request, "workspace/overview.html", context)


def _plan_side(
    person: User, inspection: Inspection, steps: list[Step], today: date
) -> dict[str, object]:
    """What the overview says before notification: the plan, its next step, what its calendar lacks; or why it was withdrawn."""
    return {
        "is_plan": True,
        "plan_rows": inspections.about_plan(inspection),
        "has_gone_by": inspections.plan_has_gone_by(inspection, today),
        "is_led": rules.lead_and_support_named(inspection),
        "coming_up": inspections.coming_up_in_plan(steps, today),
        "holidays_not_known": inspections.holidays_not_known(inspection),
        "can_change_plan": permissions.can_change_plan(person, inspection),
        "can_plan_inspection": permissions.can_plan_inspection(person),
        "can_edit_reference_data": permissions.can_edit_reference_data(person),
    }
