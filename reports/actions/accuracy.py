"""The partnership checks the facts (R46, R47), and the text becomes final."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.dates import day_in_words
from core.verdicts import require
from core.versions import enforce_newest
from evaluations.actions.evaluation import settle_evaluations
from inspections.actions.steps import complete_step_by_deed
from reports import emails, exports, permissions, queries, rules
from reports.actions.approval import locked, move
from reports.actions.editions import make_edition
from reports.enums import ACCEPTED, CommentDecision, EditionKind
from reports.models import FactComment, Report


@transaction.atomic
def issue_draft(report: Report, *, by: User, at: datetime) -> Report:
    """The partnership has the draft, with numbered paragraphs and the mark of a draft, and the date by which to comment (R46)."""
    report = locked(report)
    permissions.can_issue_draft(by, report).enforce()
    report.draft_issued_at = at
    report.comments_due_on = queries.comments_due_on(report.inspection, timezone.localdate(at))
    move(report, "issue_draft", at=at)
    make_edition(report, kind=EditionKind.DRAFT, by=by, at=at)
    complete_step_by_deed(report.inspection, key="draft_to_partnership", by=by, at=at)
    record(
        "reports.draft_issued",
        by=by,
        at=at,
        subject=report,
        inspection=report.inspection,
        due=day_in_words(report.comments_due_on),
    )
    emails.tell(report, "draft_issued", at=at)
    return report


@transaction.atomic
def comment_on_draft(
    report: Report,
    *,
    anchor: str,
    text: str,
    correction: str,
    evidence: str,
    by: User,
    at: datetime,
) -> FactComment:
    """One comment on one paragraph of the draft, with its evidence (R47); the paragraph's words are kept with it.

    The same comment of the same person again is the one that is there.
    """
    report = locked(report)
    permissions.can_comment_on_draft(by, report).enforce()
    draft = queries.current_edition(report, EditionKind.DRAFT)
    rows = {row["anchor"]: row for row in exports.paragraphs(draft.source)} if draft else {}
    require(anchor in rows, "The draft has no such paragraph.", source="R47").enforce()
    row = rows[anchor]
    same = report.comments.filter(
        anchor=anchor, text=text, correction=correction, evidence=evidence, made_by=by
    ).first()
    if same:
        return same
    comment = FactComment.objects.create(
        report=report,
        anchor=anchor,
        paragraph=row["number"],
        place=row["place"],
        quoted=row["text"],
        text=text,
        correction=correction,
        evidence=evidence,
        made_at=at,
        made_by=by,
    )
    record(
        "reports.draft_commented",
        by=by,
        at=at,
        subject=comment,
        inspection=report.inspection,
        paragraph=comment.paragraph,
    )
    return comment


@transaction.atomic
def correct_comment(
    comment: FactComment,
    *,
    text: str,
    correction: str,
    evidence: str,
    based_on: int,
    by: User,
    at: datetime,
) -> FactComment:
    """The comment says this, before it is returned (R47). The same words again change nothing.

    Raises ``SavedMeanwhile``, with nothing changed, when it was corrected in another window since ``based_on``.
    """
    comment = _locked_comment(comment)
    permissions.can_correct_comment(by, comment).enforce()
    if (comment.text, comment.correction, comment.evidence) == (text, correction, evidence):
        return comment
    enforce_newest(comment, based_on=based_on, by=by)
    comment.text, comment.correction, comment.evidence = text, correction, evidence
    comment.version, comment.corrected_at = comment.version + 1, at
    comment.save()
    record(
        "reports.comment_corrected",
        by=by,
        at=at,
        subject=comment,
        inspection=comment.report.inspection,
        paragraph=comment.paragraph,
    )
    return comment


@transaction.atomic
def remove_comment(comment: FactComment, *, by: User, at: datetime) -> None:
    """The comment is off the list before it is returned (R47); that it was there stays on record."""
    comment = _locked_comment(comment)
    permissions.can_remove_comment(by, comment).enforce()
    record(
        "reports.comment_removed",
        by=by,
        at=at,
        subject=comment,
        inspection=comment.report.inspection,
        paragraph=comment.paragraph,
    )
    comment.delete()


def _locked_comment(comment: FactComment) -> FactComment:
    """The comment as it is now; its report is locked too, so that nobody returns the comments meanwhile."""
    report = locked(comment.report)
    found = FactComment.objects.select_for_update(of=("self",)).select_related("made_by")
    found_comment = found.get(pk=comment.pk)
    found_comment.report = report
    return found_comment


@transaction.atomic
def return_comments(report: Report, *, by: User, at: datetime, on_behalf: bool = False) -> Report:
    """The comments are complete and the lead answers them. ``on_behalf``: closed by the lead after the date due."""
    report = locked(report)
    permissions.can_return_comments(by, report, at=at).enforce()
    rules.may_return_comments(report, on_behalf=on_behalf, at=at).enforce()
    move(report, "return_comments", at=at)
    complete_step_by_deed(report.inspection, key="factual_accuracy_due", by=by, at=at)
    count = report.comments.count()
    record(
        "reports.comments_returned",
        by=by,
        at=at,
        subject=report,
        inspection=report.inspection,
        did="closed the comments on facts for the partnership"
        if on_behalf
        else "returned the comments on facts",
        count=count,
    )
    emails.tell(report, "comments_returned", at=at)
    return report


@transaction.atomic
def answer_comment(
    comment: FactComment,
    *,
    decision: CommentDecision,
    reason: str,
    no_change_because: str = "",
    by: User,
    at: datetime,
) -> FactComment:
    """The comment is accepted, accepted in part or not accepted, and why (R47). The last answer before the final text stands.

    ``no_change_because``: why what is accepted changes no words. Which version of the text stood is kept with the
    answer. The same answer again changes nothing.
    """
    comment = (
        FactComment.objects.select_for_update(of=("self",))
        .select_related("report__inspection")
        .get(pk=comment.pk)
    )
    permissions.can_answer_comment(by, comment).enforce()
    no_change_because = no_change_because if decision in ACCEPTED else ""
    answer = (decision, reason, no_change_because)
    if (comment.decision, comment.reason, comment.no_change_because) == answer:
        return comment
    text = queries.text_of(comment)
    comment.decision, comment.reason, comment.no_change_because = answer
    comment.answered_on_version = text.version if text else None
    comment.decided_at, comment.decided_by = at, by
    comment.save()
    record(
        "reports.comment_answered",
        by=by,
        at=at,
        subject=comment,
        inspection=comment.report.inspection,
        paragraph=comment.paragraph,
        decision=CommentDecision(decision).label.lower(),
    )
    return comment


@transaction.atomic
def finish_report(report: Report, *, by: User, at: datetime) -> Report:
    """The text is final and its four evaluations are (R12, R44)."""
    report = locked(report)
    permissions.can_finish_report(by, report).enforce()
    settle_evaluations(report.inspection, by=by, at=at)
    move(report, "finish_report", at=at)
    complete_step_by_deed(report.inspection, key="comments_answered", by=by, at=at)
    record("reports.report_finished", by=by, at=at, subject=report, inspection=report.inspection)
    return report
