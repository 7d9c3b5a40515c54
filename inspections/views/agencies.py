"""To which areas an agency belongs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from core.words import listed
from inspections import permissions, queries
from inspections.actions import parts as actions
from inspections.forms.agencies import ChangeAreasOfAgencyForm


@page("GET", "POST")
def change_areas_of_agency(request: HttpRequest, agency: int) -> HttpResponse:
    """Say in which areas an agency works with the others. Its people may join there for the partnership."""
    permissions.can_change_areas_of_agency(request.user).enforce()
    found = find_or_404(Agency.objects.all(), pk=agency)

    typed = posted(request)  # nothing ticked is an answer too
    form = ChangeAreasOfAgencyForm(typed, initial={"areas": queries.areas_of(found)})
    if request.method == "POST" and form.is_valid():
        areas = list(form.cleaned_data["areas"])
        try:
            actions.change_areas_of_agency(found, areas=areas, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("areas", refusal.verdict.sentence)
        else:
            names = listed([area.name for area in areas]) or "no area"
            messages.success(request, f"{found} belongs to {names}.")
            return redirect("accounts:agency", found.pk)

    context = {
        "title": f"Areas of {found}",
        "form": form,
        "back_url": reverse("accounts:agency", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "inspections/change_areas_of_agency.html", context)
