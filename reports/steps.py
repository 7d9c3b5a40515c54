"""Whose move it is: the next steps of a report as its pages show them, each with its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from core.verdicts import Verdict
from reports import permissions
from reports.models import Report

WORDS = {
    "send_report_to_panel": "Send the report to the panel",
    "approve_report": "Approve the draft",
    "send_report_back": "Send the report back",
    "issue_draft": "Issue the draft to the partnership",
    "return_comments": "Return the comments",
    "finish_report": "Settle the final text",
    "schedule_publication": "Schedule publication",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One move out of the present state: its words, its page, and whether this person may make it now."""

    key: str
    words: str
    url: str
    verdict: Verdict


def next_steps(person: User, report: Report, *, at: datetime) -> list[NextStep]:
    """The moves out of this state, from the table of moves. Publication itself is the clock's."""
    asks = {
        "send_report_to_panel": lambda: permissions.can_send_report_to_panel(person, report),
        "approve_report": lambda: permissions.can_approve_report(person, report),
        "send_report_back": lambda: permissions.can_send_report_back(person, report),
        "issue_draft": lambda: permissions.can_issue_draft(person, report),
        "return_comments": lambda: permissions.can_return_comments(person, report, at=at),
        "finish_report": lambda: permissions.can_finish_report(person, report),
        "schedule_publication": lambda: permissions.can_schedule_publication(person, report),
    }
    return [
        NextStep(
            key=deed,
            words=WORDS[deed],
            url=reverse(f"reports:{deed.replace('_', '-')}", args=[report.inspection.reference]),
            verdict=asks[deed](),
        )
        for deed in report.stand.moves
        if deed in asks
    ]
