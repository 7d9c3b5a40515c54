"""Notifying the partnership: the five addressees, the deed, and the letters as sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import exports, gates, permissions, queries, rules
from inspections.actions import notification as actions
from inspections.actions.readings import ADDRESSEES, read_addresses, read_letters
from inspections.enums import InspectionState
from inspections.forms.notification import NameAddresseesForm
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET", "POST", records_reading=True)
def name_addressees(request: HttpRequest, reference: str) -> HttpResponse:
    """Fill in the five; blanks may stay for now."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_name_addressees(request.user, inspection).enforce()

    digest = queries.addressees_digest(inspection)
    form = NameAddresseesForm(
        posted(request), addressees=list(inspection.addressees.all()), digest=digest
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_addressees(
                inspection,
                addressees=form.filled(),
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
            form.on_top_of(digest)
        else:
            messages.success(request, "The addressees are saved.")
            return redirect("inspections:notify-partnership", inspection.reference)

    read_addresses(inspection, part=ADDRESSEES, by=request.user, at=timezone.now())
    context = {
        **inspection_frame(request.user, inspection, room="overview", today=timezone.localdate()),
        "title": "Addressees of the notification letter",
        "form": form,
        "back_url": reverse("inspections:notify-partnership", args=[inspection.reference]),
    }
    return render(request, "inspections/name_addressees.html", context)


@page("GET", "POST", records_reading=True)
def notify_partnership(request: HttpRequest, reference: str) -> HttpResponse:
    """See what is missing, read the letter, send it to all five at once."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    today = timezone.localdate()
    permissions.can_see_team_rooms(request.user, inspection).enforce()
    if inspection.state != InspectionState.PLANNED:
        if request.method == "POST":
            messages.info(request, "This was done already: the letters are on their way.")
        return redirect("inspections:letters", inspection.reference)
    verdict = permissions.can_notify_partnership(request.user, inspection, on=today)

    if request.method == "POST":
        verdict.enforce()
        actions.notify_partnership(inspection, by=request.user, at=timezone.now())
        letters = "are on their way" if rules.letters_can_be_drawn() else "wait to be drawn"
        messages.success(
            request, f"The partnership of {inspection.area} is notified. Five letters {letters}."
        )
        return redirect("inspections:letters", inspection.reference)

    read_addresses(inspection, part=ADDRESSEES, by=request.user, at=timezone.now())
    addressees = list(inspection.addressees.all())
    context = {
        **inspection_frame(request.user, inspection, room="overview", today=today),
        "title": "Notify the partnership",
        "verdict": verdict,
        "drawing": rules.letters_can_be_drawn(),
        "gate": gates.findings(inspection),
        "addressees": addressees,
        "can_name_addressees": permissions.can_name_addressees(request.user, inspection),
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "inspections/notify_partnership.html", context)


@page("GET", records_reading=True)
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """The five letters as they were sent."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_see_letters(request.user, inspection).enforce()

    notification = getattr(inspection, "notification", None)
    if notification:
        read_letters(inspection, by=request.user, at=timezone.now())

    sent = list(notification.letters.select_related("document")) if notification else []
    context = {
        **inspection_frame(request.user, inspection, room="overview", today=timezone.localdate()),
        "title": "Notification letters",
        "notification": notification,
        "drawing": rules.letters_can_be_drawn(),
        "some_wait": any(letter.document_id is None for letter in sent),
        "letters": [
            {"letter": letter, "url": letter.document and exports.document_url(letter.document)}
            for letter in sent
        ],
        "can_invite_person": permissions.can_invite_person(
            request.user, inspection, role=Role.INSPECTION_COORDINATOR
        ),
        "has_coordinator": bool(queries.holders_of(inspection, Role.INSPECTION_COORDINATOR)),
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "inspections/letters.html", context)
