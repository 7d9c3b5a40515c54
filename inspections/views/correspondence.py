"""What went out about one inspection, and what happened outside the product."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.web import find_or_404, page, paginate, posted
from inspections import permissions, rules
from inspections.actions import correspondence as actions
from inspections.actions.readings import read_correspondence
from inspections.forms.correspondence import (
    CorrectCorrespondenceForm,
    CorrespondenceFilterForm,
    RecordCorrespondenceForm,
)
from inspections.models import CorrespondenceEntry, Inspection
from inspections.rooms import inspection_frame

SAID = ("happened_on", "direction", "means", "with_whom", "about", "words")


def _inspection(request: HttpRequest, reference: str) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("area")
    return find_or_404(found, reference=reference)


@page("GET", records_reading=True)
def correspondence(request: HttpRequest, reference: str) -> HttpResponse:
    """Every message that went out and everything put on record beside it, newest first; filtered as asked."""
    inspection = _inspection(request, reference)
    permissions.can_see_correspondence(request.user, inspection).enforce()
    read_correspondence(inspection, by=request.user, at=timezone.now())

    found = permissions.correspondence_open_to(request.user, inspection)
    whom, kinds = found.choices()
    form = CorrespondenceFilterForm(
        request.GET or None, whom=whom, kinds=kinds, both_sides=not found.side
    )
    chosen = form.chosen()
    rows = paginate(request, found.rows(**chosen))
    context = {
        **inspection_frame(
            request.user, inspection, room="correspondence", today=timezone.localdate()
        ),
        "title": "Correspondence",
        "form": form,
        "is_filtered": bool(chosen) or bool(form.errors),
        "offers": len(whom) > 1 or len(kinds) > 1,
        "rows": rows,
        "lines": found.lines(rows),
        "one_side": found.side,
        "can_record_correspondence": permissions.can_record_correspondence(
            request.user, inspection
        ),
    }
    return render(request, "inspections/correspondence.html", context)


@page("GET", "POST")
def record_correspondence(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter, an e-mail, a call or a meeting that happened outside."""
    inspection = _inspection(request, reference)
    permissions.can_record_correspondence(request.user, inspection).enforce()

    form = RecordCorrespondenceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_correspondence(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "It is on record, and stays as you wrote it.")
            return redirect("inspections:correspondence", reference)

    context = {
        **inspection_frame(
            request.user, inspection, room="correspondence", today=timezone.localdate()
        ),
        "title": "Put on record what happened outside",
        "form": form,
        "back_url": reverse("inspections:correspondence", args=[reference]),
    }
    return render(request, "inspections/record_correspondence.html", context)


@page("GET", "POST", records_reading=True)
def correct_correspondence(request: HttpRequest, reference: str, entry: int) -> HttpResponse:
    """A later entry instead of one that was wrong. A second click says that it is done."""
    inspection = _inspection(request, reference)
    permissions.can_record_correspondence(request.user, inspection).enforce()
    former = find_or_404(
        CorrespondenceEntry.objects.filter(inspection=inspection).select_related("recorded_by"),
        pk=entry,
    )
    former.inspection = inspection
    if not (open_to_it := rules.may_correct_correspondence(former)):
        messages.info(request, open_to_it.sentence)
        return redirect("inspections:correspondence", reference)

    initial = {name: getattr(former, name) for name in SAID}
    form = CorrectCorrespondenceForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_correspondence(
                former, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "It is corrected. The former entry stays, struck through.")
            return redirect("inspections:correspondence", reference)

    read_correspondence(inspection, by=request.user, at=timezone.now())
    context = {
        **inspection_frame(
            request.user, inspection, room="correspondence", today=timezone.localdate()
        ),
        "title": "Correct what is on record",
        "form": form,
        "former": former,
        "back_url": reverse("inspections:correspondence", args=[reference]),
    }
    return render(request, "inspections/correct_correspondence.html", context)
