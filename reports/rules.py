"""What the state of the report, its completeness and the calendar allow. Every sentence here is what the user reads."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from core.dates import weekday_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.workdays import is_working_day
from documents.enums import DocumentState
from documents.models import Document
from evaluations.rules import evaluations_confirmed
from inspections import gates
from inspections.enums import InspectionState
from inspections.models import Inspection
from reports import queries
from reports.enums import EditionKind, ReportState
from reports.models import FactComment, FollowUpDecision, Report

LOCKED = {
    ReportState.WITH_THE_PANEL: "The report is with the panel. Its words change again if the panel sends it back.",
    ReportState.APPROVED: "The panel has approved these words. Issue the draft to the partnership next.",
    ReportState.WITH_THE_PARTNERSHIP: "The partnership is checking the facts. Its words change again once the comments are in.",
    ReportState.FINAL_TEXT: "This is the final text. It is published as it stands.",
    ReportState.SCHEDULED: "This is the final text, under embargo. It is published as it stands.",
    ReportState.PUBLISHED: "The report is published. A published edition does not change.",
}


def may_begin_report(inspection: Inspection) -> Verdict:
    """A report is begun once, from phase two on, when there is evidence to write about."""
    if Report.objects.filter(inspection=inspection).exists():
        return refuse("The report has been begun already.")
    return require(
        inspection.state in (InspectionState.PHASE_TWO, InspectionState.PHASE_THREE),
        "The report is begun in phase two or three, once there is evidence to write about.",
    )


def may_write_report(report: Report) -> Verdict:
    """Words change in drafting, and while comments on facts are being answered; at no other time."""
    return ALLOWED if report.is_written else refuse(LOCKED[ReportState(report.state)], source="R12")


def questions_answered(report: Report | None) -> Verdict:
    """R44: five questions answered, each with key messages; strengths and areas for development; the caveat."""
    if report is None:
        return refuse("The report has not been begun.", source="R44")
    missing = queries.missing_parts(report)
    return require(not missing, f"Still missing: {' '.join(missing)}", source="R44")


def evaluations_proposed(inspection: Inspection) -> Verdict:
    """R44: the four evaluations are before the panel."""
    have, want = queries.evaluations_proposed(inspection)
    return require(
        want and have == want,
        f"The team has proposed {have} of {want or 4} evaluations.",
        source="R44",
    )


def evaluations_final(inspection: Inspection) -> Verdict:
    """R44: the four evaluations are final before publication."""
    have, want = queries.evaluations_final(inspection)
    return require(
        want and have == want, f"{have} of {want or 4} evaluations are final.", source="R44"
    )


def follow_up_decided(report: Report | None) -> Verdict:
    """R43: an evaluation of weak or unsatisfactory forces a recorded decision on a progress review."""
    if report is None:
        return ALLOWED
    weak = queries.weak_evaluations(report.inspection)
    if not weak or FollowUpDecision.objects.filter(report=report).exists():
        return ALLOWED
    names = " and ".join(str(evaluation.group) for evaluation in weak)
    return refuse(
        f"{names}: evaluated as weak or unsatisfactory. The panel's chair records whether a progress review follows.",
        source="R43",
    )


def young_peoples_version_attached(report: Report | None) -> Verdict:
    """R49: the version for young people is attached, and can be opened, before publication."""
    version = queries.young_peoples_version(report) if report is not None else None
    if version is None:
        return refuse("The version for young people is not attached yet.", source="R49")
    return may_be_read(version.document)


def may_be_read(document: Document) -> Verdict:
    """R49: a file that is still being scanned is waited for; one that the scan refused is never the version."""
    if document.is_available:
        return ALLOWED
    if document.state == DocumentState.SCANNING:
        return refuse(
            "The version for young people is being scanned for viruses. Come back in a moment.",
            source="R49",
        )
    return refuse(
        "The virus scan refused the version for young people. Attach another file.", source="R49"
    )


def may_be_young_peoples_version(report: Report, document: Document) -> Verdict:
    """R49: a file of this very report, and none that the virus scan refused; the gate waits for one being scanned."""
    if (document.holder_type, document.holder_id) != ("reports.report", str(report.pk)):
        return refuse("That document belongs to something else.")
    return ALLOWED if document.state == DocumentState.SCANNING else may_be_read(document)


def comments_answered(report: Report | None) -> Verdict:
    """R47: each comment on facts is accepted, accepted in part or rejected, with a reason."""
    waiting = queries.unanswered_comments(report) if report else 0
    return require(
        not waiting,
        f"{waiting} comment{'' if waiting == 1 else 's'} on facts {'waits' if waiting == 1 else 'wait'} for an answer.",
        source="R47",
    )


def corrections_made(report: Report | None) -> Verdict:
    """R47: what was accepted is in the report: the paragraph no longer says what it said, or the answer says why it may."""
    left = queries.corrections_to_make(report) if report else []
    places = "; ".join(f"paragraph {comment.paragraph}, {comment.place}" for comment in left)
    return require(
        not left,
        f"Accepted, but the report still says what the draft said: {places}. "
        "Change these words, or say in the answer why no words change.",
        source="R47",
    )


def comments_settled(report: Report | None) -> Verdict:
    """R12: the partnership has had the draft, every comment on facts is answered, and what was accepted is in the words."""
    done = (ReportState.FINAL_TEXT, ReportState.SCHEDULED, ReportState.PUBLISHED)
    if report is None or report.state not in (*done, ReportState.COMMENTS_RETURNED):
        return refuse("The partnership has not yet returned its comments on facts.", source="R12")
    return comments_answered(report) & corrections_made(report)


def _stands(report: Report, deed: str, sentence: str, *, source: str = "R12") -> Verdict:
    return require(deed in report.stand.moves, sentence, source=source)


def may_send_report_to_panel(report: Report) -> Verdict:
    """R44: complete, with every evaluation proposed; then the panel has it and its words rest."""
    return (
        _stands(report, "send_report_to_panel", "The report has been with the panel already.")
        & questions_answered(report)
        & evaluations_proposed(report.inspection)
    )


def may_approve_report(report: Report) -> Verdict:
    """R41: the panel approves a report that is before it, once each evaluation is confirmed."""
    return _stands(
        report, "approve_report", "The report is not before the panel."
    ) & evaluations_confirmed(report.inspection)


def may_send_report_back(report: Report) -> Verdict:
    """The panel may send a report that is before it back to its writers, with what must change."""
    return _stands(report, "send_report_back", "The report is not before the panel.")


def may_issue_draft(report: Report) -> Verdict:
    """R46: the partnership sees the draft only after the panel has approved it."""
    if report.state in (ReportState.DRAFTING, ReportState.WITH_THE_PANEL):
        return refuse(
            "The draft goes to the partnership only after the panel has approved it.", source="R46"
        )
    return _stands(
        report, "issue_draft", "The draft has been issued to the partnership already.", source="R46"
    )


def may_see_draft(report: Report | None) -> Verdict:
    """R46: nothing of the report before it is issued."""
    return require(
        report is not None and report.is_seen_by_partnership,
        "The draft report has not been issued to the partnership yet.",
        source="R46",
    )


def may_comment_on_draft(report: Report) -> Verdict:
    """R47: comments on facts are made while the partnership has the draft."""
    return require(
        report.state == ReportState.WITH_THE_PARTNERSHIP,
        "Comments on facts are made while the partnership has the draft. That time is over or has not begun.",
        source="R47",
    )


def _is_open_to_its_writer(comment: FactComment) -> Verdict:
    return require(
        comment.report.state == ReportState.WITH_THE_PARTNERSHIP,
        "The comments have been returned, and stand as they were sent. If one is wrong, tell the inspection lead, "
        "who says so in the answer.",
        source="R47",
    )


def may_correct_comment(comment: FactComment) -> Verdict:
    """R47: a comment on a fact is put right until the comments are returned; then it stands as it was sent."""
    return _is_open_to_its_writer(comment)


def may_remove_comment(comment: FactComment) -> Verdict:
    """R47: a comment on a fact is taken off until the comments are returned; then it stands as it was sent."""
    return _is_open_to_its_writer(comment)


def may_return_comments(
    report: Report, *, on_behalf: bool = False, at: datetime | None = None
) -> Verdict:
    """The co-ordinator says that the comments are complete; the lead may do it once the date due has gone by."""
    verdict = _stands(
        report, "return_comments", "The partnership does not have the draft now.", source="R47"
    )
    if not verdict or not on_behalf:
        return verdict
    today = timezone.localdate(at)
    due = report.comments_due_on
    return require(
        due is not None and today > due,
        f"The partnership has until {weekday_in_words(due)} to comment. After that day the lead may close the comments."
        if due
        else "The partnership has no date by which to comment.",
        source="R47",
    )


def may_answer_comment(comment: FactComment) -> Verdict:
    """R47: an answer is given once the partnership has returned its comments, and may be corrected until the final text."""
    return require(
        comment.report.state == ReportState.COMMENTS_RETURNED,
        "Comments are answered after the partnership has returned them and before the text is final.",
        source="R47",
    )


def may_decide_follow_up(report: Report) -> Verdict:
    """R43: decided once an evaluation is confirmed as weak, and before the text is final, since the report prints it."""
    if report.state in (ReportState.FINAL_TEXT, ReportState.SCHEDULED, ReportState.PUBLISHED):
        return refuse("The text is final and says what was decided.", source="R43")
    return require(
        queries.weak_evaluations(report.inspection),
        "No evaluation that the panel confirmed is weak or unsatisfactory, so there is nothing to decide.",
        source="R43",
    )


def may_finish_report(report: Report) -> Verdict:
    """R12, R43, R47: every comment answered, what was accepted corrected, the follow-up decided, the text complete."""
    return (
        _stands(
            report,
            "finish_report",
            "The text is settled once the partnership has returned its comments.",
        )
        & comments_answered(report)
        & corrections_made(report)
        & follow_up_decided(report)
        & questions_answered(report)
        & evaluations_confirmed(report.inspection)
    )


def may_attach_young_peoples_version(report: Report) -> Verdict:
    """R49: at any time before publication; a later one replaces the one before."""
    return require(not report.is_published, LOCKED[ReportState.PUBLISHED], source="R49")


def may_schedule_publication(report: Report) -> Verdict:
    """R12, R49: final text, final evaluations, and the version for young people."""
    return (
        _stands(report, "schedule_publication", "Publication is scheduled once the text is final.")
        & evaluations_final(report.inspection)
        & follow_up_decided(report)
        & young_peoples_version_attached(report)
    )


def may_publish_at(report: Report, *, moment: datetime, reason: str, now: datetime) -> Verdict:
    """R12: in the future, on a working day after that of the embargoed copy, between 6 in the morning and 8 at night.

    Another day than the timetable's needs a reason (R8).
    """
    if moment <= now:
        return refuse(
            "Choose a moment in the future: the report is published at that moment by itself.",
            source="R12",
        )
    local = timezone.localtime(moment)
    if moment > now + timedelta(days=366):
        return refuse("Choose a day within a year.", source="R12")
    if not is_working_day(local.date()):
        return refuse(
            f"{weekday_in_words(local)} is a weekend or a public holiday. Choose a working day.",
            source="R12",
        )
    if not 6 <= local.hour < 20:
        return refuse("Choose an hour between 06:00 and 20:00, when somebody can be reached.")
    copied_on = timezone.localdate(queries.embargoed_since(report) or now)
    if local.date() <= copied_on:
        return refuse(
            f"The partnership gets the embargoed copy on {weekday_in_words(copied_on)}, and the report is published on a "
            "later day. Choose the next working day or a later one.",
            source="R12",
        )
    step = queries.publication_step(report.inspection)
    if step and local.date() != step.starts_on and not reason.strip():
        return refuse(
            f"The timetable says {weekday_in_words(step.starts_on)}. Say why the report is published on another day.",
            source="R8",
        )
    return ALLOWED


def may_publish_report(report: Report, *, at: datetime) -> Verdict:
    """R12: scheduled, its hour has come, its copy was fixed, and every hard condition of the gate still holds."""
    if report.publish_at is None or "publish_report" not in report.stand.moves:
        return refuse("Publication has not been scheduled.", source="R12")
    if at < report.publish_at:
        local = timezone.localtime(report.publish_at)
        return refuse(
            f"The report is under embargo until {local:%H:%M on %A %-d %B %Y}.", source="R48"
        )
    if queries.current_edition(report, EditionKind.EMBARGOED) is None:
        return refuse("The embargoed copy was not made.", source="R12")
    return evaluations_final(report.inspection) & gates.may_pass(report.inspection)
