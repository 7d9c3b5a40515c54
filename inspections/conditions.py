"""What this app itself brings to the gates it owns."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from inspections import rules
from inspections.enums import InspectionState
from inspections.gates import Condition
from inspections.gates import bring as bring_to
from inspections.models import Inspection


def _page(name: str) -> Callable[[Inspection], str]:
    def url(inspection: Inspection) -> str:
        return reverse(f"inspections:{name}", args=[inspection.reference])

    return url


def _own_details(inspection: Inspection) -> str:
    """Where the lead and the support officer enter their number, and back."""
    back = reverse("inspections:notify-partnership", args=[inspection.reference])
    return f"{reverse('accounts:edit-details')}?next={back}"


CONDITIONS = {
    InspectionState.PLANNED: [
        Condition(
            "lead-and-support",
            "Lead and support officer named",
            "Programme manager",
            rules.lead_and_support_named,
            _page("team"),
        ),
        Condition(
            "team",
            "Rest of the team named",
            "Programme manager",
            rules.team_complete,
            _page("team"),
            hard=False,
        ),
        Condition(
            "contacts",
            "Telephone numbers for the letter",
            "Lead and support officer",
            rules.contacts_for_the_letter,
            _own_details,
        ),
        Condition(
            "addressees",
            "Five addressees named",
            "Support officer",
            rules.five_addressees_named,
            _page("name-addressees"),
        ),
        Condition(
            "ministers",
            "Ministerial request and approved timetable on record",
            "Programme manager",
            rules.ministers_asked,
            _page("change-plan"),
            hard=False,
        ),
    ],
    InspectionState.NOTIFIED: [
        Condition(
            "coordinator",
            "Inspection co-ordinator has joined",
            "Support officer",
            rules.coordinator_joined,
            _page("team"),
        ),
        Condition(
            "participation-coordinator",
            "Participation co-ordinator has joined",
            "Inspection co-ordinator",
            rules.participation_coordinator_joined,
            _page("team"),
            hard=False,
        ),
        Condition(
            "team",
            "Rest of the team named",
            "Programme manager",
            rules.team_complete,
            _page("team"),
            hard=False,
        ),
    ],
    InspectionState.PHASE_ONE: [
        Condition("team", "Team complete", "Programme manager", rules.team_complete, _page("team")),
        Condition(
            "concerns-lead",
            "Partnership's lead for concerns has joined",
            "Inspection co-ordinator",
            rules.concerns_lead_named,
            _page("team"),
        ),
    ],
    InspectionState.PHASE_TWO: [
        Condition(
            "onsite",
            "Ten on-site days done",
            "Inspection lead",
            rules.onsite_days_done,
            _page("timetable"),
        ),
    ],
    InspectionState.FOLLOW_UP: [
        Condition(
            "action-plan",
            "Joint action plan received",
            "Partnership",
            rules.action_plan_received,
            _page("timetable"),
        ),
    ],
}


def bring() -> None:
    """Bring them all, in the order of the checklist."""
    for state, conditions in CONDITIONS.items():
        for condition in conditions:
            bring_to(state, condition)
