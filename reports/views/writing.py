"""Writing one section, one question, one point."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.versions import SavedMeanwhile
from core.web import answer_to_autosave, find_or_404, is_autosave, page, posted
from evaluations.models import Question
from inspections.rooms import inspection_frame
from reports import exports, permissions, queries
from reports.actions import writing as actions
from reports.actions.readings import read_report
from reports.enums import PointKind
from reports.forms.writing import (
    AddPointForm,
    RevisePointForm,
    WriteNarrativeForm,
    WriteSectionForm,
)
from reports.models import Point, Report
from reports.views.room import find_report
from reports.wording import section_spec, wording


def _frame(request: HttpRequest, report: Report, **more: Any) -> dict[str, Any]:
    return {
        **inspection_frame(
            request.user, report.inspection, room="report", today=timezone.localdate()
        ),
        "report": report,
        "back_url": report.get_absolute_url(),
        **more,
    }


@page("GET", "POST", records_reading=True)
def write_section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One section of the report. The autosave sends the same form and asks for JSON."""
    report = find_report(request, reference)
    permissions.can_see_report(request.user, report.inspection).enforce()
    spec = section_spec(key, report.wording_key)
    if spec is None:
        raise Http404
    can_write = permissions.can_write_report(request.user, report)
    if request.method == "GET":
        read_report(
            report,
            part=f"the section “{spec.title}” of the report",
            by=request.user,
            at=timezone.now(),
        )

    section = report.sections.select_related("changed_by").filter(key=key).first()
    initial = WriteSectionForm.stands(section) | {"based_on": section.version if section else 0}
    form = WriteSectionForm(
        posted(request),
        initial=initial,
        hint=spec.hint,
        label=spec.title,
        needed=spec.required,
    )
    if request.method == "POST":
        can_write.enforce()
        if form.is_valid():
            try:
                section = actions.write_section(
                    report, key=key, **form.cleaned_data, by=request.user, at=timezone.now()
                )
            except SavedMeanwhile as meanwhile:
                section = _meet(form, meanwhile)
        if is_autosave(request):
            return answer_to_autosave(form, _versions(form, section))
        if form.is_valid():
            messages.success(request, f"“{spec.title}” is saved.")
            return redirect("reports:write-section", reference, key)

    context = _frame(
        request,
        report,
        title=spec.title,
        spec=spec,
        form=form,
        text=section,
        printed=exports.as_printed(section.text if section else ""),
        to_correct=queries.corrections_to_make(report, key),
        can_write=can_write,
    )
    return render(request, "reports/write_section.html", context, status=409 if form.newer else 200)


def _meet(form: Any, meanwhile: SavedMeanwhile) -> Any:
    """Show in the form what somebody saved meanwhile, and hand it back."""
    kept = meanwhile.newer.kept
    form.meet(meanwhile.newer, form.stands(kept))
    return kept


def _versions(form: Any, text: Any) -> dict[str, int]:
    """What the autosave may go on from: the version that was saved, where it was."""
    return {"based_on": text.version} if form.is_valid() else {}


def _on_record(request: HttpRequest, report: Report, question: Question) -> None:
    """Whoever opens a page that shows points, or the evidence that they can rest on, has read the question."""
    read_report(
        report,
        part=f"question {question.number} of the report",
        by=request.user,
        at=timezone.now(),
    )


def _question_url(reference: str, number: int) -> str:
    return reverse("reports:question", args=[reference, number])


def _question(report: Report, number: int) -> Question:
    return find_or_404(queries.questions_of(report.inspection), number=number)


@page("GET", records_reading=True)
def question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One question: its points, its narrative, and the evidence that nothing rests on yet.

    The narrative is written on a page of its own: here, moving a point would lose what stands unsaved in its box.
    """
    report = find_report(request, reference)
    permissions.can_see_report(request.user, report.inspection).enforce()
    found = _question(report, number)

    _on_record(request, report, found)

    narrative = queries.narrative_of(report, found)
    context = _frame(
        request,
        report,
        title=f"Question {number}",
        question=found,
        text=narrative,
        printed=exports.as_printed(narrative.text if narrative else ""),
        can_write=permissions.can_write_report(request.user, report),
        lists=_lists(report, found),
        unused=list(queries.unused_evidence(report, found)[:50]),
    )
    return render(request, "reports/question.html", context)


@page("GET", "POST", records_reading=True)
def write_narrative(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What the report says on one question. The autosave sends the same form and asks for JSON."""
    report = find_report(request, reference)
    permissions.can_see_report(request.user, report.inspection).enforce()
    found = _question(report, number)
    can_write = permissions.can_write_report(request.user, report)
    if request.method == "GET":
        read_report(
            report,
            part=f"the narrative of question {number} of the report",
            by=request.user,
            at=timezone.now(),
        )

    narrative = queries.narrative_of(report, found)
    initial = WriteNarrativeForm.stands(narrative) | {
        "based_on": narrative.version if narrative else 0
    }
    form = WriteNarrativeForm(posted(request), initial=initial)
    if request.method == "POST":
        can_write.enforce()
        if form.is_valid():
            try:
                narrative = actions.write_narrative(
                    report,
                    question=found,
                    **form.cleaned_data,
                    by=request.user,
                    at=timezone.now(),
                )
            except SavedMeanwhile as meanwhile:
                narrative = _meet(form, meanwhile)
        if is_autosave(request):
            return answer_to_autosave(form, _versions(form, narrative))
        if form.is_valid():
            messages.success(request, f"The narrative of question {number} is saved.")
            return redirect("reports:write-narrative", reference, number)

    context = _frame(
        request,
        report,
        title=f"Narrative of question {number}",
        question=found,
        form=form,
        text=narrative,
        printed=exports.as_printed(narrative.text if narrative else ""),
        can_write=can_write,
        to_correct=queries.corrections_to_make(report, f"question-{number}"),
        back_url=_question_url(reference, number),
    )
    return render(
        request, "reports/write_narrative.html", context, status=409 if form.newer else 200
    )


def _lists(report: Report, question: Question) -> list[dict[str, Any]]:
    labels = wording(report.wording_key)["labels"]
    points = list(report.points.filter(question=question).prefetch_related("evidence"))
    return [
        {
            "kind": kind,
            "label": labels[kind],
            "points": [point for point in points if point.kind == kind],
        }
        for kind in PointKind
    ]


@page("GET", "POST", records_reading=True)
def add_point(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A key message, a strength or an area for development."""
    report = find_report(request, reference)
    permissions.can_write_report(request.user, report).enforce()
    found = _question(report, number)

    evidence = queries.evidence_for(report.inspection, found)
    form = AddPointForm(
        posted(request), evidence=evidence, initial={"kind": request.GET.get("kind")}
    )
    if request.method == "POST" and form.is_valid():
        point = actions.add_point(
            report, question=found, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, f"{point.get_kind_display()} added to question {number}.")
        return redirect(f"{_question_url(reference, number)}?saved=new")

    _on_record(request, report, found)
    context = _frame(
        request,
        report,
        title=f"Add a point to question {number}",
        question=found,
        form=form,
        back_url=_question_url(reference, number),
        back_words=f"Question {number}",
        has_evidence=evidence.exists(),
    )
    return render(request, "reports/add_point.html", context)


def _point(request: HttpRequest, reference: str, point: int) -> Point:
    report = find_report(request, reference)
    permissions.can_write_report(request.user, report).enforce()
    found = Point.objects.select_related(
        "report__inspection__area", "question", "changed_by"
    ).filter(report=report)
    return find_or_404(found, pk=point)


@page("GET", "POST", records_reading=True)
def revise_point(request: HttpRequest, reference: str, point: int) -> HttpResponse:
    """The words of a point and the evidence it rests on."""
    found = _point(request, reference, point)

    initial = RevisePointForm.stands(found) | {"based_on": found.version}
    evidence = queries.evidence_for(found.report.inspection, found.question)
    form = RevisePointForm(posted(request), initial=initial, evidence=evidence)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_point(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            _meet(form, meanwhile)
        else:
            messages.success(request, "The point is saved.")
            return redirect(f"{_question_url(reference, found.question.number)}?saved={found.pk}")

    _on_record(request, found.report, found.question)
    context = _frame(
        request,
        found.report,
        title=found.get_kind_display(),
        point=found,
        form=form,
        to_correct=queries.corrections_to_make(found.report, f"point-{found.pk}"),
        back_url=_question_url(reference, found.question.number),
        back_words=f"Question {found.question.number}",
    )
    return render(request, "reports/revise_point.html", context, status=409 if form.newer else 200)


@page("GET", "POST", records_reading=True)
def remove_point(request: HttpRequest, reference: str, point: int) -> HttpResponse:
    """Take a point out, after a question."""
    found = _point(request, reference, point)

    if request.method == "POST":
        actions.remove_point(found, by=request.user, at=timezone.now())
        messages.success(request, "The point is out of the report. Its history is kept.")
        return redirect("reports:question", reference, found.question.number)

    _on_record(request, found.report, found.question)
    context = _frame(
        request,
        found.report,
        title="Take this point out?",
        point=found,
        words=found.text,
        submit="Take it out",
        back_url=_question_url(reference, found.question.number),
    )
    return render(request, "reports/remove_point.html", context)


@page("POST")
def order_points(request: HttpRequest, reference: str, point: int) -> HttpResponse:
    """Move a point one place up."""
    found = _point(request, reference, point)

    actions.order_points(found, by=request.user, at=timezone.now())
    return redirect("reports:question", reference, found.question.number)
