"""What is kept and for how long, what is due to go, and how one inspection stands in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.web import find_or_404, page, paginate
from inspections.models import Inspection
from inspections.rooms import inspection_frame
from retention import permissions, queries, rules
from retention.enums import OPEN, DisposalState


@page("GET")
def keeping(request: HttpRequest) -> HttpResponse:
    """What waits for approval, what is held back, and every certificate."""
    permissions.can_see_keeping(request.user).enforce()

    certificates = paginate(
        request, queries.lists(DisposalState.DISPOSED).order_by("-finished_at", "-pk"), size=25
    )
    context = {
        "title": "Keeping and letting go",
        "waiting": queries.waiting(on=timezone.localdate()),
        "holds": queries.holds(),
        "certificates": certificates,
        "packs": queries.packs(),
        "can_make": permissions.can_make_subject_access_pack(request.user),
        "person": request.user,
    }
    return render(request, "retention/keeping.html", context)


@page("GET")
def periods(request: HttpRequest) -> HttpResponse:
    """Every table, for how long it is kept and how it goes, from what each app declares."""
    permissions.can_see_keeping(request.user).enforce()

    context = {"title": "What is kept, and for how long", "tables": queries.kept()}
    return render(request, "retention/periods.html", context)


@page("GET")
def inspection_keeping(request: HttpRequest, reference: str) -> HttpResponse:
    """When what was obtained for this inspection must be gone, and what holds it back."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    permissions.can_see_keeping(request.user).enforce()

    today = timezone.localdate()
    closing = queries.closing_of(inspection)
    context = {
        **inspection_frame(request.user, inspection, room="keeping", today=today),
        "title": "How long this is kept",
        "closing": closing,
        "may_dispose": rules.may_dispose_of(closing, on=today),
        "can_record_submission": permissions.can_record_submission(request.user, inspection),
        "proceedings": inspection.proceedings.select_related("recorded_by"),
        "holds": inspection.legal_holds.select_related("placed_by", "lifted_by"),
        "lists": queries.lists(*OPEN, DisposalState.DISPOSED).filter(inspection=inspection),
    }
    return render(request, "retention/inspection_keeping.html", context)
