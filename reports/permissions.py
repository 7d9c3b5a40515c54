"""Who: a capability of one of the person's roles on the inspection, then the rule."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import ALLOWED, Verdict, refuse, require
from documents.holders import Holder
from inspections.models import Inspection
from inspections.permissions import has
from reports import queries, rules
from reports.enums import EditionKind, ReportState
from reports.models import Edition, FactComment, Report


def can_see_report(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_REPORT)


def can_see_draft(person: User, inspection: Inspection) -> Verdict:
    """The team at any time; the partnership's people of this draft once it is issued (R46)."""
    if can_see_report(person, inspection):
        return ALLOWED
    return has(person, inspection, Capability.SEE_DRAFT) & rules.may_see_draft(
        queries.report_of(inspection)
    )


def can_open_report_room(person: User, inspection: Inspection) -> Verdict:
    """The room itself: the team's people, the support officer who issues the draft, and the partnership's readers."""
    for capability in (Capability.SEE_REPORT, Capability.ISSUE_DRAFT, Capability.SEE_DRAFT):
        if has(person, inspection, capability):
            return ALLOWED
    return refuse(Capability.SEE_REPORT.value)


def can_begin_report(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.WRITE_REPORT) & rules.may_begin_report(inspection)


def can_write_report(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.WRITE_REPORT) & rules.may_write_report(report)


def can_send_report_to_panel(person: User, report: Report) -> Verdict:
    return has(
        person, report.inspection, Capability.SEND_REPORT_TO_PANEL
    ) & rules.may_send_report_to_panel(report)


def can_approve_report(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.APPROVE_REPORT) & rules.may_approve_report(
        report
    )


def can_send_report_back(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.APPROVE_REPORT) & rules.may_send_report_back(
        report
    )


def can_issue_draft(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.ISSUE_DRAFT) & rules.may_issue_draft(report)


def can_comment_on_draft(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.COMMENT_ON_DRAFT) & rules.may_comment_on_draft(
        report
    )


def _wrote(person: User, comment: FactComment) -> Verdict:
    return require(
        comment.made_by_id == person.pk,
        f"{comment.made_by} wrote this comment, and nobody else changes it. "
        "Add one of your own to the same paragraph of the draft.",
    )


def can_correct_comment(person: User, comment: FactComment) -> Verdict:
    """Who comments for the partnership, and wrote this one."""
    return (
        has(person, comment.report.inspection, Capability.COMMENT_ON_DRAFT)
        & _wrote(person, comment)
        & rules.may_correct_comment(comment)
    )


def can_remove_comment(person: User, comment: FactComment) -> Verdict:
    """Who comments for the partnership, and wrote this one."""
    return (
        has(person, comment.report.inspection, Capability.COMMENT_ON_DRAFT)
        & _wrote(person, comment)
        & rules.may_remove_comment(comment)
    )


def can_return_comments(person: User, report: Report, *, at: datetime) -> Verdict:
    """The co-ordinator at any time; the lead in their place once the date due has gone by, so that nothing is stuck."""
    if has(person, report.inspection, Capability.COMMENT_ON_DRAFT):
        return rules.may_return_comments(report)
    stands_in = has(person, report.inspection, Capability.ANSWER_COMMENT)
    if stands_in:
        return rules.may_return_comments(report, on_behalf=True, at=at)
    return refuse(Capability.COMMENT_ON_DRAFT.value)


def can_answer_comment(person: User, comment: FactComment) -> Verdict:
    return has(
        person, comment.report.inspection, Capability.ANSWER_COMMENT
    ) & rules.may_answer_comment(comment)


def can_decide_follow_up(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.DECIDE_FOLLOW_UP) & rules.may_decide_follow_up(
        report
    )


def can_finish_report(person: User, report: Report) -> Verdict:
    return has(person, report.inspection, Capability.FINISH_REPORT) & rules.may_finish_report(
        report
    )


def can_attach_young_peoples_version(person: User, report: Report) -> Verdict:
    """Those who write the report."""
    return has(
        person, report.inspection, Capability.WRITE_REPORT
    ) & rules.may_attach_young_peoples_version(report)


def can_schedule_publication(person: User, report: Report) -> Verdict:
    return has(
        person, report.inspection, Capability.SCHEDULE_PUBLICATION
    ) & rules.may_schedule_publication(report)


def can_draw_report(person: User, report: Report) -> Verdict:
    """A working copy as PDF, for everybody who sees the report."""
    return can_see_report(person, report.inspection)


def _report(holder_id: str) -> Report | None:
    found = Report.objects.select_related("inspection__area")
    return found.filter(pk=int(holder_id)).first() if holder_id.isdecimal() else None


def _visible(person: User, report: Report | None) -> Report | None:
    if (
        report is None
        or not Inspection.objects.visible_to(person).filter(pk=report.inspection_id).exists()
    ):
        return None
    return report


NO_SUCH_REPORT = refuse("There is no such report.")


def _may_see_files(person: User, holder_id: str) -> Verdict:
    """The version for young people: the team, and the partnership once it is under embargo (R48)."""
    report = _visible(person, _report(holder_id))
    if report is None:
        return NO_SUCH_REPORT
    return can_see_final_copy(person, report)


def can_see_final_copy(person: User, report: Report) -> Verdict:
    """The embargoed copy and the version for young people: the team, and the partnership's readers once scheduled (R48)."""
    if can_see_report(person, report.inspection):
        return ALLOWED
    return _embargo_copies(person, report)


def _embargo_copies(person: User, report: Report) -> Verdict:
    shown = report.state in (ReportState.SCHEDULED, ReportState.PUBLISHED)
    return has(person, report.inspection, Capability.SEE_DRAFT) & require(
        shown,
        "The final copy is shown to the partnership once publication is scheduled.",
        source="R48",
    )


def _may_add_files(person: User, holder_id: str) -> Verdict:
    report = _visible(person, _report(holder_id))
    return can_attach_young_peoples_version(person, report) if report else NO_SUCH_REPORT


def _may_see_edition(person: User, holder_id: str) -> Verdict:
    """A copy as it was fixed: working copies are the team's; drafts are the partnership's too, once issued (R46, R48)."""
    edition = _edition(holder_id)
    report = _visible(person, edition.report if edition else None)
    if edition is None or report is None:
        return NO_SUCH_REPORT
    if edition.kind == EditionKind.WORKING:
        return can_see_report(person, report.inspection)
    if edition.kind == EditionKind.DRAFT:
        return can_see_draft(person, report.inspection)
    return can_see_final_copy(person, report)


def _report_url(holder_id: str) -> str:
    report = _report(holder_id)
    return report.get_absolute_url() if report else "/"


def _report_reference(holder_id: str) -> str:
    report = _report(holder_id)
    return report.inspection.reference if report else ""


def _edition(holder_id: str) -> Edition | None:
    """The edition of that id; nothing for what is no number, since it comes from an address."""
    if not holder_id.isdecimal():
        return None
    return (
        Edition.objects.select_related("report__inspection__area").filter(pk=int(holder_id)).first()
    )


def _of_edition(holder_id: str) -> str:
    edition = _edition(holder_id)
    return str(edition.report_id) if edition else ""


FILES = Holder(
    may_see=_may_see_files,
    may_add=_may_add_files,
    title=lambda holder_id: "the report",
    url=_report_url,
    inspection=_report_reference,
)
EDITIONS = Holder(
    may_see=_may_see_edition,
    may_add=lambda person, holder_id: refuse("Copies of the report are made by the system."),
    title=lambda holder_id: "the report",
    url=lambda holder_id: _report_url(_of_edition(holder_id)),
    inspection=lambda holder_id: _report_reference(_of_edition(holder_id)),
)


def speaks_for_partnership(person: User, report: Report) -> bool:
    """Whether this person comments for the partnership, rather than closing the comments in its place."""
    return bool(has(person, report.inspection, Capability.COMMENT_ON_DRAFT))


def answers_comments(person: User, report: Report) -> bool:
    """Whether this person answers comments on this inspection, whatever the moment."""
    return bool(has(person, report.inspection, Capability.ANSWER_COMMENT))
