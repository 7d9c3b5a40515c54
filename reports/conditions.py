"""What this app brings to the gate of publication."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from core.verdicts import Verdict
from inspections.enums import InspectionState
from inspections.gates import Condition
from inspections.gates import bring as bring_to
from inspections.models import Inspection
from reports import queries, rules
from reports.models import Report


def _page(name: str) -> Callable[[Inspection], str]:
    def url(inspection: Inspection) -> str:
        return reverse(f"reports:{name}", args=[inspection.reference])

    return url


def _of_report(rule: Callable[[Report | None], Verdict]) -> Callable[[Inspection], Verdict]:
    def check(inspection: Inspection) -> Verdict:
        return rule(queries.report_of(inspection))

    return check


CONDITIONS = [
    Condition(
        "questions-answered",
        "Five questions answered",
        "Inspection lead",
        _of_report(rules.questions_answered),
        _page("report"),
    ),
    Condition(
        "comments-answered",
        "Comments on facts answered",
        "Inspection lead",
        _of_report(rules.comments_settled),
        _page("report"),
    ),
    Condition(
        "follow-up-decided",
        "Follow-up decided where an evaluation is weak",
        "Panel chair",
        _of_report(rules.follow_up_decided),
        _page("report"),
    ),
    Condition(
        "young-peoples-version",
        "Version for young people attached",
        "Inspection lead",
        _of_report(rules.young_peoples_version_attached),
        _page("report"),
    ),
]


def bring() -> None:
    """Bring them all, in the order of the checklist."""
    for condition in CONDITIONS:
        bring_to(InspectionState.PHASE_THREE, condition)
