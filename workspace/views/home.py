"""Home, by role: what is mine, what is late, and where each inspection stands."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Capability
from core.web import find_or_404, page, paginate
from inspections import gates, permissions
from inspections import queries as inspections
from inspections.enums import InspectionState
from inspections.models import Inspection
from inspections.rooms import inspection_frame
from workspace import queries

SHOWN = (
    20  # things of each kind on the home page; the rest stand in the inspections' own timetables
)


@page("GET")
def home(request: HttpRequest) -> HttpResponse:
    """One list of what needs me, by consequence; then what is late."""
    today = timezone.localdate()
    roles = queries.roles_by_inspection(request.user)
    found = paginate(request, inspections.programme(request.user), size=10)

    needs, late = queries.work_of(request.user, roles, today)
    context = {
        "title": "What needs you today",
        "today": today,
        "needs": needs[:SHOWN],
        "late": late[:SHOWN],
        "needs_count": len(needs),
        "late_count": len(late),
        "inspections": found,
        "strips": queries.strips(found, today),
        "is_example": any(one.area.is_invented for one in found),
        "can_plan_inspection": permissions.can_plan_inspection(request.user),
    }
    mine = next((one for one in found if queries.leads(roles, one)), None)
    context |= {
        "coming_up": queries.coming_up(found, today),
        "events": queries.last_events(queries.logs_read_by(request.user, found, roles)),
        "gate_of": mine,
        "gate": [finding for finding in gates.findings(mine) if finding.holds] if mine else [],
        "gate_title": gates.TITLES.get(InspectionState(mine.state), "") if mine else "",
    }
    if queries.is_partner(roles) and len(found) == 1:
        context |= _partner_side(found[0], today)
        return render(request, "workspace/partner_home.html", context)
    return render(request, "workspace/home.html", context)


def _partner_side(inspection: Inspection, today: date) -> dict[str, object]:
    """What a partnership member sees of an inspection: what is asked, by when, whom to ask."""
    asked = queries.asked_of(inspection, today)
    return {
        "title": "What you are asked for",
        "inspection": inspection,
        "asked": asked,
        "waiting": [one for one in asked if one.state != "received"],
        "received": [one for one in asked if one.state == "received"],
        "late": [one for one in asked if one.state == "late"],
        "asked_units": queries.units_of(asked),
        "coming_up": queries.coming_up([inspection], today),
        "contact": inspections.contact(inspection),
    }


@page("GET")
def programme(request: HttpRequest) -> HttpResponse:
    """Every inspection one may see, with its lead, state and week."""
    today = timezone.localdate()
    found = paginate(request, inspections.programme(request.user))

    context = {
        "title": "Programme",
        "inspections": found,
        "rows": [
            {"inspection": one, "standing": inspections.standing(one, today)} for one in found
        ],
        "can_plan_inspection": permissions.can_plan_inspection(request.user),
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
        **frame,
        "title": "Overview",
        "tracker": inspections.tracker(inspection, steps, today),
    }
    if frame["is_partnership"]:
        context |= _partner_side(inspection, today)
        return render(request, "workspace/partner_overview.html", context)
    team, partnership = inspections.people_of(inspection)
    gate = gates.findings(inspection)
    context |= {
        "gate": gate,
        "gate_met": sum(finding.met for finding in gate),
        "gate_is_open": not any(finding.holds for finding in gate),
        "partnership_joined": any(place.holders for place in partnership),
        "gate_title": gates.TITLES.get(InspectionState(inspection.state), ""),
        "next_deed": next(iter(inspection.stand.moves), None),
        "can_see_log": permissions.can_see_log(request.user, inspection),
        "sureness": queries.how_sure(inspection)
        if permissions.has(request.user, inspection, Capability.SEE_EVIDENCE)
        else [],
        "can_see_team_rooms": permissions.can_see_team_rooms(request.user, inspection),
        "team": team,
        "partnership": partnership,
        "coming_up": queries.coming_up([inspection], today),
        "events": queries.last_events([inspection.reference])
        if permissions.can_see_log(request.user, inspection)
        else [],
    }
    return render(request, "workspace/overview.html", context)
