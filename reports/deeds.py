"""What this app brings to the desk: whose move the report is, from its first words to its publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.roles import Capability
from core.words import counted
from documents.enums import DocumentState
from evaluations.enums import CONFIRMED_OR_LATER
from evaluations.models import Evaluation
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from inspections.enums import InspectionState
from inspections.models import Inspection
from reports.enums import ReportState
from reports.models import FollowUpDecision, Report, YoungPeoplesVersion
from reports.queries import WEAK

WRITING = (InspectionState.PHASE_TWO, InspectionState.PHASE_THREE)
ASKS = (
    Capability.WRITE_REPORT,
    Capability.APPROVE_REPORT,
    Capability.DECIDE_FOLLOW_UP,
    Capability.ISSUE_DRAFT,
    Capability.SEE_DRAFT,
    Capability.COMMENT_ON_DRAFT,
    Capability.ANSWER_COMMENT,
    Capability.FINISH_REPORT,
    Capability.SCHEDULE_PUBLICATION,
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the deeds of one report depend on, named as the query names it."""

    inspection_id: int
    state: str
    panel_note: str
    comments_due_on: date | None
    made: int
    unanswered: int
    evaluated: bool
    unconfirmed: bool
    weak: bool
    decided: bool
    young: str | None


@dataclass(frozen=True, slots=True)
class _Reader:
    """What this person may do about one report, and the facts that say whether it is their move."""

    one: Inspection
    report: _Facts
    may: frozenset[Capability]

    @property
    def all_confirmed(self) -> bool:
        return self.report.evaluated and not self.report.unconfirmed

    @property
    def follow_up_is_open(self) -> bool:
        return self.report.weak and not self.report.decided


def _facts(found: list[Inspection]) -> list[_Facts]:
    """What the deeds of all these inspections' reports depend on: one query."""
    here = Evaluation.objects.filter(inspection=OuterRef("inspection"))
    newest = YoungPeoplesVersion.objects.filter(report=OuterRef("pk"))
    reports = Report.objects.filter(inspection__in=[one.pk for one in found]).annotate(
        made=Count("comments"),
        unanswered=Count("comments", filter=Q(comments__decision="")),
        evaluated=Exists(here),
        unconfirmed=Exists(here.exclude(state__in=CONFIRMED_OR_LATER)),
        weak=Exists(here.filter(state__in=CONFIRMED_OR_LATER, level__lte=WEAK)),
        decided=Exists(FollowUpDecision.objects.filter(report=OuterRef("pk"))),
        young=Subquery(newest.values("document__state")[:1]),
    )
    return [_Facts(**row) for row in reports.values(*(field.name for field in fields(_Facts)))]


def report(desk: Desk) -> Iterator[Deed]:
    """Whose move it is, from the table of moves, in one query for all reports."""
    may: dict[int, set[Capability]] = {}
    for ask in ASKS:
        for one in desk.where(ask, *WRITING):
            may.setdefault(one.pk, set()).add(ask)
    concerned = [one for one in desk.inspections if one.pk in may]
    if not concerned:
        return
    reports = {facts.inspection_id: facts for facts in _facts(concerned)}
    for one in concerned:
        found = reports.get(one.pk)
        if found is None:
            if one.state == InspectionState.PHASE_THREE and Capability.WRITE_REPORT in may[one.pk]:
                yield _begin(one)
            continue
        moves = MOVES.get(ReportState(found.state))
        if moves:
            yield from moves(_Reader(one, found, frozenset(may[one.pk])))


def _begin(one: Inspection) -> Deed:
    return Deed(
        one,
        "begin_report",
        f"Begin the report on {one.area.name}",
        "Its sections are laid out; the evidence stands beside each question.",
        "Begin",
        "reports:report",
        step="report_drafting",
    )


def _drafting(reader: _Reader) -> Iterator[Deed]:
    one, note = reader.one, reader.report.panel_note
    if Capability.WRITE_REPORT in reader.may:
        yield Deed(
            one,
            "write_section",
            f"The panel sent the report on {one.area.name} back"
            if note
            else f"Write the report on {one.area.name}",
            "Read what must change, then send it again."
            if note
            else "The report's room shows what is still missing before it goes to the panel.",
            "Read the panel's note" if note else "Go on writing",
            "reports:report",
            weight=Weight.OTHERS_WAIT if note else Weight.HAS_A_DATE,
            step="panel_amendments" if note else "report_drafting",
        )
    yield from _follow_up(reader)


def _follow_up(reader: _Reader) -> Iterator[Deed]:
    """R43: decided by the panel's chair, who has seen the level; the sentence names none."""
    if reader.follow_up_is_open and Capability.DECIDE_FOLLOW_UP in reader.may:
        yield Deed(
            reader.one,
            "decide_follow_up",
            f"Decide on follow-up in {reader.one.area.name}",
            "What the panel confirmed asks for a decision on a progress review. The report states it.",
            "Decide",
            "reports:decide-follow-up",
            weight=Weight.OTHERS_WAIT,
        )


def _with_the_panel(reader: _Reader) -> Iterator[Deed]:
    one = reader.one
    if Capability.APPROVE_REPORT in reader.may:
        yield Deed(
            one,
            "approve_report",
            f"The draft report on {one.area.name} is before the panel",
            "Approve it, or send it back with what must change."
            if reader.all_confirmed
            else "It can be approved once the panel has decided on each evaluation.",
            "Approve or send back" if reader.all_confirmed else "Read the draft",
            "reports:report",
            weight=Weight.OTHERS_WAIT if reader.all_confirmed else Weight.HAS_A_DATE,
            step="panel",
        )
    yield from _follow_up(reader)


def _approved(reader: _Reader) -> Iterator[Deed]:
    if Capability.ISSUE_DRAFT in reader.may:
        yield Deed(
            reader.one,
            "issue_draft",
            f"Issue the draft report to {reader.one.area.name}",
            "The panel has approved it. The partnership then checks its facts.",
            "Issue the draft",
            "reports:issue-draft",
            weight=Weight.OTHERS_WAIT,
            step="draft_to_partnership",
        )
    yield from _follow_up(reader)


def _with_the_partnership(reader: _Reader) -> Iterator[Deed]:
    one, found = reader.one, reader.report
    if Capability.COMMENT_ON_DRAFT in reader.may:
        yield Deed(
            one,
            "comment_on_draft",
            "Check the facts in the draft report",
            f"{counted(found.made, 'comment,comments').capitalize()} so far. When there are no more, return them.",
            "Read and comment",
            "reports:draft",
            due=found.comments_due_on,
            step="factual_accuracy_due",
        )
    elif Capability.SEE_DRAFT in reader.may:
        yield Deed(
            one,
            "draft",
            "The draft report is with you to read",
            "Your co-ordinator sends in the comments on facts.",
            "Read the draft",
            "reports:draft",
            weight=Weight.WHEN_YOU_CAN,
            due=found.comments_due_on,
        )
    if Capability.ANSWER_COMMENT in reader.may:
        yield Deed(
            one,
            "return_comments",
            f"{one.area.name} has not returned its comments on facts",
            "Their day has gone by. You may close the comments in their place.",
            "Close the comments",
            "reports:return-comments",
            due=found.comments_due_on,
            step="factual_accuracy_due",
            once_late=True,
        )
    yield from _follow_up(reader)


def _comments_returned(reader: _Reader) -> Iterator[Deed]:
    one, left = reader.one, reader.report.unanswered
    if left and Capability.ANSWER_COMMENT in reader.may:
        yield Deed(
            one,
            "answer_comment",
            f"Answer {counted(left, 'comment,comments')} on facts from {one.area.name}",
            "Each is accepted, accepted in part or not accepted, with the reason.",
            "Answer",
            "reports:comments",
            weight=Weight.OTHERS_WAIT,
            step="comments_answered",
        )
    elif Capability.FINISH_REPORT in reader.may and not reader.follow_up_is_open:
        yield Deed(
            one,
            "finish_report",
            f"Settle the final text on {one.area.name}",
            "Every comment on facts is answered. Text and evaluations become final.",
            "Open the report",
            "reports:report",
            step="comments_answered",
        )
    yield from _follow_up(reader)


def _final_text(reader: _Reader) -> Iterator[Deed]:
    one, young = reader.one, reader.report.young
    if young != DocumentState.AVAILABLE and Capability.WRITE_REPORT in reader.may:
        if young != DocumentState.SCANNING:
            yield Deed(
                one,
                "attach_young_peoples_version",
                f"Attach the version for young people of {one.area.name}",
                "The report is not published without it.",
                "Attach it",
                "reports:attach-young-peoples-version",
                step="embargo_copy",
            )
    elif young == DocumentState.AVAILABLE and Capability.SCHEDULE_PUBLICATION in reader.may:
        yield Deed(
            one,
            "schedule_publication",
            f"Schedule the publication of the report on {one.area.name}",
            "The text is final, and the version for young people is attached.",
            "Schedule it",
            "reports:schedule-publication",
            step="embargo_copy",
        )


def _scheduled(reader: _Reader) -> Iterator[Deed]:
    if Capability.SEE_DRAFT in reader.may:
        yield Deed(
            reader.one,
            "report",
            "The final report is with you, under embargo",
            "Nobody else reads it before its publication.",
            "Read the final copy",
            "reports:report",
            weight=Weight.WHEN_YOU_CAN,
        )


MOVES: dict[ReportState, Callable[[_Reader], Iterator[Deed]]] = {
    ReportState.DRAFTING: _drafting,
    ReportState.WITH_THE_PANEL: _with_the_panel,
    ReportState.APPROVED: _approved,
    ReportState.WITH_THE_PARTNERSHIP: _with_the_partnership,
    ReportState.COMMENTS_RETURNED: _comments_returned,
    ReportState.FINAL_TEXT: _final_text,
    ReportState.SCHEDULED: _scheduled,
}


def bring() -> None:
    """One source."""
    bring_to("reports.report", report)
