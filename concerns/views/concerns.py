"""The room of concerns: the list, one concern, raising one and adding to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability, Role
from accounts.views.fresh import fresh_sign_in
from concerns import permissions, queries
from concerns.actions import concerns as actions
from concerns.actions.readings import read_concern
from concerns.forms.concerns import AddToConcernForm, RaiseConcernForm
from concerns.models import Concern
from concerns.views.find import find_concern, find_inspection
from core.web import page, paginate, posted
from core.words import listed
from inspections.permissions import has
from inspections.queries import holders_of
from inspections.rooms import inspection_frame


@page("GET")
def concerns(request: HttpRequest, reference: str) -> HttpResponse:
    """Number, date and state of each concern that this person sees, and no word of any."""
    inspection = find_inspection(request, reference)
    permissions.can_see_concerns(request.user, inspection).enforce()

    seen = permissions.concerns_open_to(request.user, inspection).order_by("-number")
    context = {
        **inspection_frame(request.user, inspection, room="concerns", today=timezone.localdate()),
        "title": "Concerns",
        "concerns": paginate(request, seen),
        "raises": has(request.user, inspection, Capability.RAISE_CONCERN),
        "may_raise": permissions.can_raise_concern(request.user, inspection),
        "sees_all": has(request.user, inspection, Capability.SEE_CONCERNS),
        "receives": has(request.user, inspection, Capability.SEE_REFERRED_CONCERNS),
    }
    return render(request, "concerns/concerns.html", context)


@page("GET", "POST")
def raise_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what one saw or heard. No fresh sign-in: nothing stands between somebody and saying it."""
    inspection = find_inspection(request, reference)
    permissions.can_raise_concern(request.user, inspection).enforce()

    form = RaiseConcernForm(posted(request))
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["form_token"]
        before = queries.raised_with(inspection, by=request.user, form_token=token)
        concern = actions.raise_concern(
            inspection, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        said = "is raised already" if concern == before else f"is raised. {_told(concern)}"
        messages.success(request, f"{concern.reference} {said}.")
        return redirect("concerns:concerns", inspection.reference)

    context = {
        "title": "Raise a concern",
        "inspection": inspection,
        "is_example": inspection.area.is_invented,
        "named": queries.named_lead(inspection),
        "form": form,
        "back_url": reverse("concerns:concerns", args=[inspection.reference]),
        "back_words": "Concerns",
    }
    return render(request, "concerns/raise_concern.html", context)


def _told(concern: Concern) -> str:
    """Who hears of it, as whoever raised it needs to know: where nobody leads, it goes to others."""
    if holders_of(concern.inspection, Role.INSPECTION_LEAD):
        return "The inspection lead has been told"
    told = [one.name for one in queries.told_when_raised(concern)]
    if told:
        return f"The inspection has no lead, so {listed(told)} {'has' if len(told) == 1 else 'have'} been told"
    return "The inspection has no lead, and nobody could be told: ring somebody of the team now"


@fresh_sign_in
@page("GET", records_reading=True)
def concern(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One concern with all that was said, decided and done, for the few who see it."""
    inspection = find_inspection(request, reference)
    found = find_concern(request, inspection, number)
    named = queries.named_lead(inspection)

    context = {
        **inspection_frame(request.user, inspection, room="concerns", today=timezone.localdate()),
        "title": f"Concern {found.reference}",
        "concern": found,
        "decision": getattr(found, "decision", None),
        "may_add": permissions.can_add_to_concern(request.user, found),
        "may_decide": permissions.can_decide_concern(request.user, found),
        "may_acknowledge": permissions.can_acknowledge_concern(request.user, found),
        "may_close": permissions.can_close_concern(request.user, found),
        "named": named,
        "rings": found.is_immediate and found.is_open and request.user not in named,
    }
    read_concern(found, by=request.user, at=timezone.now())
    return render(request, "concerns/concern.html", context)


@page("GET", "POST")
def add_to_concern(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Add words to what one said. The page shows nothing of what stands there."""
    inspection = find_inspection(request, reference)
    found = find_concern(request, inspection, number)
    permissions.can_add_to_concern(request.user, found).enforce()

    form = AddToConcernForm(posted(request))
    if request.method == "POST" and form.is_valid():
        before = queries.added_with(found, form_token=form.cleaned_data["form_token"])
        note = actions.add_to_concern(
            found, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, f"Your words are added{' already' if note == before else ''}.")
        return redirect("concerns:concerns", inspection.reference)

    context = {
        "title": f"Add to concern {found.reference}",
        "inspection": inspection,
        "concern": found,
        "is_example": inspection.area.is_invented,
        "form": form,
        "back_url": reverse("concerns:concerns", args=[inspection.reference]),
        "back_words": "Concerns",
    }
    return render(request, "concerns/add_to_concern.html", context)
