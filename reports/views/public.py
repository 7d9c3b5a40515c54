"""What everybody may read, without signing in: published reports, and nothing of any other."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.web import find_or_404, page, paginate
from documents.models import Document
from reports import exports, queries
from reports.models import Report


def _published(reference: str) -> Report:
    """The published report of that reference; the same 404 for one that does not exist and one under embargo."""
    return find_or_404(queries.published(), inspection__reference=reference)


@login_not_required
@page("GET")
def published_reports(request: HttpRequest) -> HttpResponse:
    """Published reports, newest first."""
    reports = paginate(request, queries.published())
    return render(
        request,
        "reports/published_reports.html",
        {"title": "Published reports", "reports": reports},
    )


@login_not_required
@page("GET")
def published_report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report as a web page, from the very source that its PDF is made of."""
    report = _published(reference)
    edition = queries.published_edition(report)
    if edition is None:
        raise Http404

    laid_out = exports.laid_out(edition.source)
    context = {
        **laid_out,
        "report": report,
        "inspection": report.inspection,
        "is_example": report.inspection.area.is_invented,
        "edition": edition,
        "article": exports.report_html(edition.source, layout="web"),
        "young_peoples_version": queries.young_peoples_version(report),
    }
    return render(request, "reports/published_report.html", context)


@login_not_required
@page("GET")
def published_pdf(request: HttpRequest, reference: str) -> HttpResponse | FileResponse:
    """The published edition as PDF; while it is being drawn, a page that says so."""
    report = _published(reference)
    edition = queries.published_edition(report)
    if edition is None:
        raise Http404
    if edition.document is None:
        context = {
            "title": "The PDF is being drawn",
            "report": report,
            "is_example": report.inspection.area.is_invented,
        }
        response = render(request, "reports/published_pdf.html", context, status=503)
        response["Retry-After"] = "30"  # seconds
        return response
    return _file(edition.document)


@login_not_required
@page("GET")
def published_young_peoples_version(request: HttpRequest, reference: str) -> FileResponse:
    """The version for young people."""
    version = queries.young_peoples_version(_published(reference))
    if version is None or not version.document.is_available:
        raise Http404
    return _file(version.document)


def _file(document: Document) -> FileResponse:
    """The stored bytes, to be shown by the browser under the document's own name."""
    response = FileResponse(
        document.file.open("rb"), content_type=document.content_type, filename=document.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
