"""Shared inboxes that get copies."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import permissions, queries
from inspections.actions import shared_inboxes as actions
from inspections.forms.shared_inboxes import AddSharedInboxForm
from inspections.models import Inspection, SharedInbox
from inspections.rooms import inspection_frame


@page("GET", "POST")
def add_shared_inbox(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a shared address of an agency have copies of what the partnership is told."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )
    permissions.can_add_shared_inbox(request.user, inspection).enforce()

    form = AddSharedInboxForm(
        posted(request),
        agencies=queries.agencies_to_invite_from(inspection, roles=[Role.CONTRIBUTOR]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            inbox = actions.add_shared_inbox(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"{inbox.email} gets copies from now on.")
            return redirect("inspections:team", reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": "Add a shared inbox",
        "form": form,
        "back_url": reverse("inspections:team", args=[reference]),
    }
    return render(request, "inspections/add_shared_inbox.html", context)


@page("POST")
def remove_shared_inbox(request: HttpRequest, reference: str, inbox: int) -> HttpResponse:
    """Take a shared address off. One that is off already is fine."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    found = find_or_404(SharedInbox.objects.filter(inspection=inspection), pk=inbox)
    permissions.can_remove_shared_inbox(request.user, found).enforce()

    if found.removed_at is None:
        actions.remove_shared_inbox(found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.email} gets no copies any more.")
    return redirect("inspections:team", reference)
