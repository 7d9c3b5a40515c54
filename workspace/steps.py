"""The page on which each step of the timetable is worked on, and for whom it opens: one table of all apps' pages.

A step that is not here has no page yet: it is done outside and marked as done.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.verdicts import Verdict
from evaluations import permissions as evaluations
from inspections import permissions as inspections
from inspections import steps
from inspections.models import Inspection
from inspections.steps import StepPage
from meetings import permissions as meetings
from onsite import permissions as onsite
from reports import permissions as reports
from reports import queries as report_queries
from reports.models import Report


def _at(name: str) -> Callable[[Inspection], str]:
    return lambda inspection: reverse(name, args=[inspection.reference])


def _to_report(
    ask: Callable[[User, Report], Verdict | bool],
) -> Callable[[User, Inspection], bool]:
    """Whether a deed on the report is open to this person; none is before the report is begun."""

    def opens(person: User, inspection: Inspection) -> bool:
        report = report_queries.report_of(inspection)
        return report is not None and bool(ask(person, report))

    return opens


def _today() -> date:
    return timezone.localdate()


def _is_published(person: User, inspection: Inspection) -> bool:
    report = report_queries.report_of(inspection)
    return report is not None and report.is_published


def _notifies(person: User, inspection: Inspection) -> bool:
    return bool(inspections.can_notify_partnership(person, inspection, on=_today()))


def _invites(person: User, inspection: Inspection) -> bool:
    return bool(inspections.can_invite_person(person, inspection, role=Role.INSPECTION_COORDINATOR))


def _reads_letters(person: User, inspection: Inspection) -> bool:
    return bool(inspections.can_see_letters(person, inspection))


LETTERS = StepPage("Read the letters", _at("inspections:letters"), _reads_letters)
SELF_EVALUATION = StepPage(
    "Open the self-evaluation",
    _at("evaluations:self-evaluation"),
    lambda person, inspection: bool(evaluations.can_see_self_evaluation(person, inspection)),
)
EVIDENCE = StepPage(
    "Open the evidence",
    _at("evaluations:evidence"),
    lambda person, inspection: bool(evaluations.can_see_evidence(person, inspection)),
)
COVERAGE = StepPage(
    "See where the evidence is thin",
    _at("evaluations:evidence-coverage"),
    lambda person, inspection: bool(evaluations.can_see_evidence(person, inspection)),
)
EVALUATIONS = StepPage(
    "Open the evaluations",
    _at("evaluations:evaluations"),
    lambda person, inspection: bool(evaluations.can_see_evaluations(person, inspection)),
)
SHARE = StepPage(
    "Share the provisional evaluations",
    _at("evaluations:share-evaluations"),
    lambda person, inspection: bool(evaluations.can_share_evaluations(person, inspection)),
)
REPORT = StepPage(
    "Open the report",
    _at("reports:report"),
    lambda person, inspection: bool(reports.can_open_report_room(person, inspection)),
)
CHECK_FACTS = StepPage(
    "Check the facts in the draft",
    _at("reports:draft"),
    _to_report(reports.can_comment_on_draft),
)
COMMENTS = StepPage(
    "Open the comments on facts",
    _at("reports:comments"),
    _to_report(reports.answers_comments),
)
ISSUE = StepPage(
    "Issue the draft to the partnership",
    _at("reports:issue-draft"),
    _to_report(reports.can_issue_draft),
)
SCHEDULE = StepPage(
    "Schedule publication",
    _at("reports:schedule-publication"),
    _to_report(reports.can_schedule_publication),
)
PUBLISHED = StepPage("Read the published report", _at("reports:published-report"), _is_published)


ONSITE = StepPage(
    "Open the days on site",
    _at("onsite:sessions"),
    lambda person, inspection: bool(onsite.can_see_sessions(person, inspection)),
)


def _meeting(key: str) -> StepPage:
    """The page of a meeting with the partnership: when and where, agenda, record, decisions."""
    return StepPage(
        "Open the meeting",
        lambda inspection: reverse("meetings:meeting", args=[inspection.reference, key]),
        lambda person, inspection: bool(meetings.can_see_meetings(person, inspection)),
    )


PAGES: dict[str, tuple[StepPage, ...]] = {
    "notification": (
        StepPage("Prepare the letters", _at("inspections:notify-partnership"), _notifies),
        LETTERS,
    ),
    "name_coordinators": (
        StepPage("Invite the co-ordinators", _at("inspections:invite-person"), _invites),
        StepPage("See who works on it", _at("inspections:team"), lambda person, inspection: True),
    ),
    "self_evaluation_due": (SELF_EVALUATION,),
    "initial_analysis": (EVIDENCE,),
    "records_reading": (ONSITE, EVIDENCE),
    "fieldwork_children": (ONSITE, EVIDENCE),
    "write_up_one": (EVIDENCE,),
    "participation_meeting": (_meeting("participation_meeting"),),
    "start_meeting": (_meeting("start_meeting"),),
    "end_phase_one": (_meeting("end_phase_one"),),
    "emerging_themes": (_meeting("emerging_themes"), COVERAGE),
    "timetable_agreed": (_meeting("timetable_agreed"),),
    "fieldwork_staff": (ONSITE, EVIDENCE),
    "triangulation": (COVERAGE,),
    "end_phase_two": (_meeting("end_phase_two"), COVERAGE),
    "final_analysis": (EVALUATIONS,),
    "evaluation_meeting": (EVALUATIONS,),
    "findings_meeting": (SHARE, _meeting("findings_meeting"), EVALUATIONS),
    "report_drafting": (REPORT,),
    "panel": (REPORT,),
    "panel_amendments": (REPORT,),
    "draft_to_partnership": (ISSUE, REPORT),
    "factual_accuracy_due": (CHECK_FACTS, COMMENTS, REPORT),
    "comments_answered": (COMMENTS, REPORT),
    "end_phase_three": (_meeting("end_phase_three"),),
    "embargo_copy": (SCHEDULE, REPORT),
    "publication": (PUBLISHED, SCHEDULE, REPORT),
}


def bring() -> None:
    """Bring them all."""
    steps.bring(PAGES)
