"""The areas and their school holidays: reference data that administrators keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.dates import weekday_in_words
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import permissions, queries, school_holidays
from inspections.actions import reference as actions
from inspections.forms.areas import AddSchoolHolidayWeekForm, ImportSchoolHolidaysForm
from inspections.models import Area, SchoolHolidayWeek


def _what_follows(area: Area) -> str:
    """What a change of its calendar does to the inspections of an area: which of them stays as it is."""
    kept = " and ".join(one.reference for one in queries.running_in(area))
    return "Dates of an inspection that is planned are drawn anew. " + (
        f"{kept} is running and keeps the weeks and dates it was notified with."
        if kept
        else "No inspection of the area is running; one that runs keeps the weeks it was notified with."
    )


@page("GET")
def areas(request: HttpRequest) -> HttpResponse:
    """The 32 areas with their board and police division."""
    permissions.can_edit_reference_data(request.user).enforce()

    context = {"title": "Areas", "areas": Area.objects.all()}
    return render(request, "inspections/areas.html", context)


@page("GET")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area and its school-holiday weeks by school year, all but this and the next folded away."""
    permissions.can_edit_reference_data(request.user).enforce()
    found = find_or_404(Area.objects.all(), code=code)

    context = {
        "title": found.name,
        "area": found,
        "what_follows": _what_follows(found),
        "years": queries.school_years(found, timezone.localdate()),
        "form": _add_form(None, found),
        "is_example": found.is_invented,
        "back_url": reverse("inspections:areas"),
    }
    return render(request, "inspections/area.html", context)


@page("GET", "POST")
def import_school_holidays(request: HttpRequest, code: str) -> HttpResponse:
    """Bring in a calendar or a table of weeks. A fault names its row; nothing is half brought in.

    The answer says what was taken, what was known already and what was left out. Sent twice, it finds all known.
    """
    permissions.can_edit_reference_data(request.user).enforce()
    found = find_or_404(Area.objects.all(), code=code)

    form = ImportSchoolHolidaysForm(posted(request), request.FILES or None)
    context = {
        "title": f"Bring in school holidays of {found}",
        "area": found,
        "what_follows": _what_follows(found),
        "form": form,
        "is_example": found.is_invented,
        "back_url": reverse("inspections:area", args=[found.code]),
        "back_words": found.name,
    }
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = school_holidays.read_weeks(file.name, file.read(), found.code)
        except ValueError as fault:
            form.add_error("file", str(fault))
        else:
            made = actions.import_school_holidays(
                found, weeks=reading.weeks, source=file.name, by=request.user, at=timezone.now()
            )
            context |= _brought_in(reading, made) | {"file": file.name}
    return render(request, "inspections/import_school_holidays.html", context)


def _brought_in(
    reading: school_holidays.Reading, made: list[SchoolHolidayWeek]
) -> dict[str, object]:
    """What the answer lists: weeks that are new, weeks that were known, and what was left out."""
    new = {week.monday for week in made}
    rows = [{"week": week, "note": reading.taken.get(week.monday, "")} for week in reading.weeks]
    return {
        "is_done": True,
        "new": [row for row, week in zip(rows, reading.weeks, strict=True) if week.monday in new],
        "known": [
            row for row, week in zip(rows, reading.weeks, strict=True) if week.monday not in new
        ],
        "left_out": reading.left_out,
    }


@page("GET", "POST")
def add_school_holiday_week(request: HttpRequest, code: str) -> HttpResponse:
    """Add one week by hand."""
    permissions.can_add_school_holiday_week(request.user).enforce()
    found = find_or_404(Area.objects.all(), code=code)

    form = _add_form(posted(request), found)
    if request.method == "POST" and form.is_valid():
        try:
            week = actions.add_school_holiday_week(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("day", refusal.verdict.sentence)
        else:
            messages.success(
                request,
                f"The week of {weekday_in_words(week.monday)} is a school-holiday week of {found} now. {_what_follows(found)}",
            )
            return redirect("inspections:area", found.code)

    context = {
        "title": f"Add a school-holiday week of {found}",
        "what_follows": _what_follows(found),
        "form": form,
        "is_example": found.is_invented,
        "back_url": reverse("inspections:area", args=[found.code]),
        "back_words": found.name,
    }
    return render(request, "inspections/add_school_holiday_week.html", context)


def _add_form(data: QueryDict | None, area: Area) -> AddSchoolHolidayWeekForm:
    return AddSchoolHolidayWeekForm(
        data, action=reverse("inspections:add-school-holiday-week", args=[area.code])
    )


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
        f"The week of {weekday_in_words(found.monday)} is no school-holiday week of {found.area} any more: it counts again. "
        f"{_what_follows(found.area)}",
    )
    return redirect("inspections:area", code)
