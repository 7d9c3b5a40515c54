"""Whose move it is: the next steps of a report as its pages show them, each with its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from core.verdicts import ALLOWED, Verdict
from reports import permissions, queries, rules
from reports.enums import ReportState
from reports.models import FactComment, Report

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
    """The moves out of this state, from the table of moves. Publication itself is the clock's.

    The partnership sees only what it may do now: the team's own moves are no business of its.
    """
    asks = {
        "send_report_to_panel": lambda: permissions.can_send_report_to_panel(person, report),
        "approve_report": lambda: permissions.can_approve_report(person, report),
        "send_report_back": lambda: permissions.can_send_report_back(person, report),
        "issue_draft": lambda: permissions.can_issue_draft(person, report),
        "return_comments": lambda: permissions.can_return_comments(person, report, at=at),
        "finish_report": lambda: permissions.can_finish_report(person, report),
        "schedule_publication": lambda: permissions.can_schedule_publication(person, report),
    }
    theirs = not permissions.can_see_report(person, report.inspection)
    moves = [
        NextStep(
            key=deed,
            words=WORDS[deed],
            url=reverse(f"reports:{deed.replace('_', '-')}", args=[report.inspection.reference]),
            verdict=asks[deed](),
        )
        for deed in report.stand.moves
        if deed in asks
    ]
    return [move for move in moves if move.verdict or not theirs]


def text_url(comment: FactComment) -> str:
    """Where the words that a comment is about are written; the report's room once that point was taken out."""
    reference, (kind, _, number) = (
        comment.report.inspection.reference,
        comment.text_key.rpartition("-"),
    )
    if queries.text_of(comment) is None:
        return reverse("reports:report", args=[reference])
    if kind == "point":
        return reverse("reports:revise-point", args=[reference, int(number)])
    if kind == "question":
        return reverse("reports:write-narrative", args=[reference, int(number)])
    return reverse("reports:write-section", args=[reference, comment.text_key])


def what_helps(person: User, report: Report) -> NextStep | None:
    """The one thing to do now towards the next move, while the move itself is not open: where, in words."""
    reference = report.inspection.reference
    part = next((part for part in queries.structure(report) if part.missing), None)
    writes = permissions.can_write_report(person, report)
    candidates = [
        (
            bool(part) and bool(writes),
            "write",
            f"Write: {part.title if part else ''}",
            reverse("reports:question", args=[reference, part.question])
            if part and part.question
            else reverse(
                "reports:write-section", args=[reference, part.key if part else "summary"]
            ),
        ),
        (
            bool(queries.unanswered_comments(report))
            and permissions.answers_comments(person, report)
            and report.state == ReportState.COMMENTS_RETURNED,
            "answer",
            "Answer the comments on facts",
            reverse("reports:comments", args=[reference]),
        ),
        (
            bool(writes)
            and report.state == ReportState.COMMENTS_RETURNED
            and bool(queries.corrections_to_make(report)),
            "correct",
            "Correct what you accepted",
            reverse("reports:comments", args=[reference]),
        ),
        (
            not rules.follow_up_decided(report)
            and bool(permissions.can_decide_follow_up(person, report)),
            "follow-up",
            "Decide on follow-up",
            reverse("reports:decide-follow-up", args=[reference]),
        ),
        (
            report.state == ReportState.FINAL_TEXT
            and not rules.young_peoples_version_attached(report)
            and bool(permissions.can_attach_young_peoples_version(person, report)),
            "young-people",
            "Attach the version for young people",
            reverse("reports:attach-young-peoples-version", args=[reference]),
        ),
        (
            bool(permissions.can_comment_on_draft(person, report)),
            "draft",
            "Check the facts in the draft",
            reverse("reports:draft", args=[reference]),
        ),
    ]
    return next(
        (NextStep(key, words, url, ALLOWED) for holds, key, words, url in candidates if holds), None
    )
