"""The moves of the report from state to state, each after a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.views.fresh import fresh_sign_in
from core.dates import weekday_in_words
from core.forms import DeskForm
from core.verdicts import Refused, Verdict
from core.web import page, posted
from inspections.rooms import inspection_frame
from reports import permissions, queries
from reports.actions import accuracy, approval, publication
from reports.actions.readings import read_report
from reports.enums import ReportState
from reports.forms.decisions import DecideFollowUpForm, SchedulePublicationForm, SendReportBackForm
from reports.models import Report
from reports.views.room import find_report


def frame(request: HttpRequest, report: Report, **more: Any) -> dict[str, Any]:
    """What every page of one move needs."""
    return {
        **inspection_frame(
            request.user, report.inspection, room="report", today=timezone.localdate()
        ),
        "report": report,
        "back_url": report.get_absolute_url(),
        "back_words": "Report",
        **more,
    }


def _find(request: HttpRequest, reference: str) -> Report:
    return find_report(request, reference, to_change=request.method == "POST")


def _ask_and_do(
    request: HttpRequest,
    report: Report,
    *,
    stem: str,
    can: Callable[[], Verdict],
    do: Callable[[], Any],
    to: ReportState,
    done: str,
    form: DeskForm | None = None,
    **words: str,
) -> HttpResponse:
    """A question, with its form where it has one, and the deed behind it. Asked again after it was done, it says so.

    The report is locked by then (``_find``): of two clicks at once the second finds what the first did.
    """
    if request.method == "POST" and report.state == to:
        messages.info(request, f"This was done already. {done}")
        return redirect("reports:report", report.inspection.reference)
    can().enforce()
    if request.method == "POST" and (form is None or form.is_valid()):
        do()
        messages.success(request, done)
        return redirect("reports:report", report.inspection.reference)
    return render(request, f"reports/{stem}.html", frame(request, report, form=form, **words))


@page("GET", "POST")
def send_report_to_panel(request: HttpRequest, reference: str) -> HttpResponse:
    """The report goes to the panel."""
    report = _find(request, reference)

    return _ask_and_do(
        request,
        report,
        stem="send_report_to_panel",
        can=lambda: permissions.can_send_report_to_panel(request.user, report),
        do=lambda: approval.send_report_to_panel(report, by=request.user, at=timezone.now()),
        to=ReportState.WITH_THE_PANEL,
        done="The report is with the panel.",
        title="Send the report to the panel?",
        words="Its words rest while the panel reads. The panel approves it or sends it back with what must change.",
        submit="Send it to the panel",
    )


@page("GET", "POST")
def approve_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel approves the draft."""
    report = _find(request, reference)

    return _ask_and_do(
        request,
        report,
        stem="approve_report",
        can=lambda: permissions.can_approve_report(request.user, report),
        do=lambda: approval.approve_report(report, by=request.user, at=timezone.now()),
        to=ReportState.APPROVED,
        done="The draft is approved. It can be issued to the partnership.",
        title="Approve the draft?",
        words="The draft then goes to the partnership, to check its facts.",
        submit="Approve the draft",
    )


@page("GET", "POST")
def send_report_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel sends the report back to its writers."""
    report = _find(request, reference)

    form = SendReportBackForm(posted(request))
    return _ask_and_do(
        request,
        report,
        stem="send_report_back",
        can=lambda: permissions.can_send_report_back(request.user, report),
        do=lambda: approval.send_report_back(
            report, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        to=ReportState.DRAFTING,
        done="The report is with its writers again.",
        form=form,
        title="Send the report back",
    )


@fresh_sign_in
@page("GET", "POST")
def issue_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft goes to the partnership."""
    report = _find(request, reference)

    due = queries.comments_due_on(report.inspection, timezone.localdate())
    return _ask_and_do(
        request,
        report,
        stem="issue_draft",
        can=lambda: permissions.can_issue_draft(request.user, report),
        do=lambda: accuracy.issue_draft(report, by=request.user, at=timezone.now()),
        to=ReportState.WITH_THE_PARTNERSHIP,
        done="The draft is with the partnership.",
        title="Issue the draft to the partnership?",
        words=f"Its co-ordinator and chief officers read it with numbered paragraphs, and comment on facts by {weekday_in_words(due)}.",
        submit="Issue the draft",
    )


@page("GET", "POST")
def return_comments(request: HttpRequest, reference: str) -> HttpResponse:
    """The comments on facts are complete."""
    report = _find(request, reference)

    count = report.comments.count()
    on_behalf = not permissions.speaks_for_partnership(request.user, report)
    words = (
        f"{count} comment{'' if count == 1 else 's'} will be answered."
        if count
        else "There are no comments: the facts are agreed."
    )
    return _ask_and_do(
        request,
        report,
        stem="return_comments",
        can=lambda: permissions.can_return_comments(request.user, report, at=timezone.now()),
        do=lambda: accuracy.return_comments(
            report, by=request.user, at=timezone.now(), on_behalf=on_behalf
        ),
        to=ReportState.COMMENTS_RETURNED,
        done="The comments are with the inspection lead.",
        title="Return the comments?",
        words=f"{words} Nothing can be added or corrected afterwards.",
        submit="Return the comments",
    )


@page("GET", "POST")
def finish_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The text becomes final, and the evaluations with it."""
    report = _find(request, reference)

    return _ask_and_do(
        request,
        report,
        stem="finish_report",
        can=lambda: permissions.can_finish_report(request.user, report),
        do=lambda: accuracy.finish_report(report, by=request.user, at=timezone.now()),
        to=ReportState.FINAL_TEXT,
        done="The text is final, and so are the four evaluations.",
        title="Settle the final text?",
        words="Neither the text nor the evaluations change after this.",
        submit="Settle the final text",
    )


@page("GET", "POST", records_reading=True)
def decide_follow_up(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel's decision on a progress review (R43)."""
    report = _find(request, reference)
    permissions.can_decide_follow_up(request.user, report).enforce()

    form = DecideFollowUpForm(posted(request))
    if request.method == "POST" and form.is_valid():
        approval.decide_follow_up(report, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The decision on follow-up is recorded. The report states it.")
        return redirect("reports:report", reference)

    read_report(
        report,
        part="which evaluations may call for a progress review",
        by=request.user,
        at=timezone.now(),
    )
    weak = queries.weak_evaluations(report.inspection)
    context = frame(request, report, title="Decide on follow-up", form=form, weak=weak)
    return render(request, "reports/decide_follow_up.html", context)


@fresh_sign_in
@page("GET", "POST")
def schedule_publication(request: HttpRequest, reference: str) -> HttpResponse:
    """The moment at which the report becomes public."""
    report = _find(request, reference)
    permissions.can_schedule_publication(request.user, report).enforce()

    step = queries.publication_step(report.inspection)
    form = SchedulePublicationForm(
        posted(request), initial={"day": step.starts_on if step else None}
    )
    if request.method == "POST" and form.is_valid():
        if queries.is_scheduled_so(
            report, moment=form.moment(), reason=form.cleaned_data["reason"]
        ):
            messages.info(request, "This was done already. Publication is scheduled.")
            return redirect("reports:report", reference)
        try:
            publication.schedule_publication(
                report,
                moment=form.moment(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(
                request, "Publication is scheduled. Until then the copy is under embargo."
            )
            return redirect("reports:report", reference)

    context = frame(
        request,
        report,
        title="Schedule publication",
        form=form,
        step=step,
        left=queries.not_done_before_publication(report.inspection),
    )
    return render(request, "reports/schedule_publication.html", context)
