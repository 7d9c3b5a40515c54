"""The areas and their school holidays: reference data that administrators keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.web import find_or_404, page
from inspections import permissions, school_holidays
from inspections.actions import reference as actions
from inspections.forms.areas import ImportSchoolHolidaysForm
from inspections.models import Area


@page("GET")
def areas(request: HttpRequest) -> HttpResponse:
    """The 32 areas with their board and police division."""
    permissions.can_edit_reference_data(request.user).enforce()

    context = {"title": "Areas", "areas": Area.objects.all()}
    return render(request, "inspections/areas.html", context)


@page("GET")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area and its school-holiday weeks."""
    permissions.can_edit_reference_data(request.user).enforce()
    found = find_or_404(Area.objects.all(), code=code)

    context = {
        "title": found.name,
        "area": found,
        "weeks": found.school_holiday_weeks.all(),
        "is_example": found.is_invented,
        "back_url": reverse("inspections:areas"),
    }
    return render(request, "inspections/area.html", context)


@page("GET", "POST")
def import_school_holidays(request: HttpRequest, code: str) -> HttpResponse:
    """Bring in a calendar or a table of weeks. A fault names its row; nothing is half brought in."""
    permissions.can_edit_reference_data(request.user).enforce()
    found = find_or_404(Area.objects.all(), code=code)

    form = ImportSchoolHolidaysForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            weeks = school_holidays.read_weeks(file.name, file.read(), found.code)
        except ValueError as fault:
            form.add_error("file", str(fault))
        else:
            made = actions.import_school_holidays(
                found, weeks=weeks, source=file.name, by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                f"{len(made)} new school-holiday week{'' if len(made) == 1 else 's'} for {found}.",
            )
            return redirect("inspections:area", found.code)

    context = {
        "title": f"Bring in school holidays of {found}",
        "form": form,
        "is_example": found.is_invented,
        "back_url": reverse("inspections:area", args=[found.code]),
    }
    return render(request, "inspections/import_school_holidays.html", context)


@page("POST")
def remove_school_holiday_week(request: HttpRequest, code: str, week: int) -> HttpResponse:
    """Take a week out."""
    permissions.can_edit_reference_data(request.user).enforce()
    area_of_week = find_or_404(Area.objects.all(), code=code)
    found = area_of_week.school_holiday_weeks.select_related("area").filter(pk=week).first()
    if found is None:
        messages.info(request, "That week was removed already.")
        return redirect("inspections:area", code)

    actions.remove_school_holiday_week(found, by=request.user, at=timezone.now())
    messages.success(
        request,
        f"The week of {found.monday:%-d %B %Y} counts again in inspections planned from now on.",
    )
    return redirect("inspections:area", code)
