"""Earlier versions of the report's texts, two side by side. Whoever may see the report may read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.earlier import Version, earlier_versions
from core.web import find_or_404, page
from reports import permissions, queries
from reports.actions.readings import read_report
from reports.models import QuestionNarrative, Report, Section
from reports.views.moves import frame
from reports.views.room import find_report


def _admitted(request: HttpRequest, reference: str) -> Report:
    report = find_report(request, reference)
    permissions.can_see_report(request.user, report.inspection).enforce()
    return report


def _show(
    request: HttpRequest, report: Report, *, what: str, back: str, versions: Iterable[Version]
) -> HttpResponse:
    """One page for all three."""
    read_report(report, part=f"the earlier versions of {what}", by=request.user, at=timezone.now())
    context = frame(
        request,
        report,
        title=f"Earlier versions of {what}",
        **earlier_versions(request.GET, versions),
    )
    context |= {"back_url": back, "back_words": "Back to the text"}
    return render(request, "inspections/earlier_versions.html", context)


@page("GET", records_reading=True)
def section_versions(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One section."""
    report = _admitted(request, reference)
    section = find_or_404(Section.objects.select_related("report"), report=report, key=key)

    return _show(
        request,
        report,
        what=section.saved_what,
        back=reverse("reports:write-section", args=[reference, key]),
        versions=queries.text_versions(section),
    )


@page("GET", records_reading=True)
def narrative_versions(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The narrative of one question."""
    report = _admitted(request, reference)
    narratives = QuestionNarrative.objects.select_related("question")
    narrative = find_or_404(narratives, report=report, question__number=number)

    return _show(
        request,
        report,
        what=narrative.saved_what,
        back=reverse("reports:write-narrative", args=[reference, number]),
        versions=queries.text_versions(narrative),
    )


@page("GET", records_reading=True)
def point_versions(request: HttpRequest, reference: str, point: int) -> HttpResponse:
    """One key message, strength or area for development."""
    report = _admitted(request, reference)
    found = find_or_404(report.points.select_related("question"), pk=point)

    return _show(
        request,
        report,
        what=f"a point of question {found.question.number}",
        back=reverse("reports:question", args=[reference, found.question.number]),
        versions=queries.text_versions(found),
    )
