"""The report's room: the structure with its states, what holds the next move, and one next step."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from audit.proof import latest_anchor
from core.pdf import pdf_available
from core.web import find_or_404, page
from inspections.models import Inspection
from inspections.rooms import inspection_frame
from reports import exports, permissions, queries
from reports.actions.editions import draw_report as draw
from reports.actions.readings import read_report
from reports.actions.writing import begin_report as begin
from reports.enums import EditionKind
from reports.models import Report
from reports.steps import next_steps, what_helps


def find_report(request: HttpRequest, reference: str, *, to_change: bool = False) -> Report:
    """The report of an inspection that this person sees; 404 for strangers, and before it is begun.

    ``to_change`` locks its row until the page is finished.
    """
    visible = Inspection.objects.visible_to(request.user)
    found = Report.objects.select_related("inspection__area").filter(inspection__in=visible)
    if to_change:
        found = found.select_for_update(of=("self",))
    return find_or_404(found, inspection__reference=reference)


@page("GET")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The room, for either side."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )
    permissions.can_open_report_room(request.user, inspection).enforce()

    found = queries.report_of(inspection)
    is_writer_side = bool(permissions.can_see_report(request.user, inspection))
    context = {
        **inspection_frame(request.user, inspection, room="report", today=timezone.localdate()),
        "title": "Report",
        "report": found,
        "sees_report": is_writer_side,
        "can_begin_report": permissions.can_begin_report(request.user, inspection),
        "can_see_draft": permissions.can_see_draft(request.user, inspection),
        "pdf": pdf_available(),
    }
    if found:
        context |= {
            "steps": next_steps(request.user, found, at=timezone.now()),
            "helps": what_helps(request.user, found),
            "can_see_final_copy": permissions.can_see_final_copy(request.user, found),
            "embargoed": queries.current_edition(found, EditionKind.EMBARGOED),
            "young_peoples_version": queries.young_peoples_version(found),
            "published_edition": queries.published_edition(found),
            "comment_count": found.comments.count(),
            "unanswered": queries.unanswered_comments(found),
            "weak": queries.weak_evaluations(inspection) if is_writer_side else [],
            "can_attach": permissions.can_attach_young_peoples_version(request.user, found),
            "can_decide_follow_up": permissions.can_decide_follow_up(request.user, found),
        }
    if found and is_writer_side:
        context |= {
            "structure": queries.structure(found),
            "missing": queries.missing_parts(found),
            "can_write_report": permissions.can_write_report(request.user, found),
            "working": queries.current_edition(found, EditionKind.WORKING),
        }
    return render(request, "reports/report.html", context)


@page("GET", "POST")
def begin_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the report, with its standing words in place."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    is_begun = request.method == "POST" and queries.report_of(inspection)
    if is_begun and permissions.can_see_report(request.user, inspection):
        messages.info(request, "The report has been begun already.")
        return redirect("reports:report", reference)
    permissions.can_begin_report(request.user, inspection).enforce()

    if request.method == "POST":
        begin(inspection, by=request.user, at=timezone.now())
        messages.success(
            request,
            "The report is begun. Its standing words are in place; everything can be changed.",
        )
        return redirect("reports:report", reference)

    context = {
        **inspection_frame(request.user, inspection, room="report", today=timezone.localdate()),
        "title": "Begin the report?",
        "words": "Its sections are laid out in the order of the report, with standing words where there are any.",
        "submit": "Begin the report",
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "reports/begin_report.html", context)


@page("GET", records_reading=True)
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The report as it stands, on the screen, printed by the browser with the same style."""
    found = find_report(request, reference)
    permissions.can_see_report(request.user, found.inspection).enforce()

    read_report(found, part="the report as it stands", by=request.user, at=timezone.now())

    source = exports.report_source(found)
    context = {
        **inspection_frame(
            request.user, found.inspection, room="report", today=timezone.localdate()
        ),
        "title": "The report as it stands",
        "report": found,
        "article": exports.report_html(source, layout="web"),
        "pdf": pdf_available(),
        "can_draw_report": permissions.can_draw_report(request.user, found),
        "working": queries.current_edition(found, EditionKind.WORKING),
        "anchor": latest_anchor(),
    }
    return render(request, "reports/preview.html", context)


@page("POST")
def draw_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a working copy as PDF; the worker draws it."""
    found = find_report(request, reference)
    permissions.can_draw_report(request.user, found).enforce()

    pdf = pdf_available()
    if pdf:
        edition = draw(found, by=request.user, at=timezone.now())
        words = (
            "is ready" if edition.document_id else "is being drawn. Reload this page in a moment"
        )
        messages.success(request, f"The working copy {words}.")
    else:
        messages.warning(request, pdf.sentence)
    return redirect("reports:report", reference)
