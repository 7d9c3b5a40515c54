"""Who is free: the inspectorates' people by week, for those who plan teams."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.web import page, paginate
from core.workdays import monday_of
from inspections import permissions, queries
from inspections.forms.free import WhoIsFreeFilterForm

ON_A_PAGE = 25  # people
STEP = timedelta(weeks=4)


@page("GET")
def who_is_free(request: HttpRequest) -> HttpResponse:
    """Eight weeks from a day on: on-site days, days away, how many inspections at once, and what clashes."""
    permissions.can_see_who_is_free(request.user).enforce()

    form = WhoIsFreeFilterForm(request.GET or None)
    chosen = form.chosen()
    first = monday_of(chosen.get("since", timezone.localdate()))
    agency = chosen.get("agency")
    weeks = queries.free_weeks(first)
    found = queries.inspectors(agency=agency.pk if agency else None)
    people = paginate(request, found, size=ON_A_PAGE)
    shown = list(people.object_list)
    context = {
        "title": "Who is free",
        "form": form,
        "is_filtered": bool(chosen),
        "people": people,
        "weeks": weeks,
        "holidays": [(day, name) for week in weeks for day, name in sorted(week.holidays.items())],
        "rows": queries.who_is_free(shown, weeks, reader=request.user),
        "kept": permissions.leave_kept_by(request.user, shown),
        "earlier_url": _from(first - STEP, agency),
        "later_url": _from(first + STEP, agency),
    }
    return render(request, "inspections/who_is_free.html", context)


def _from(first: object, agency: object) -> str:
    """This page from another week on."""
    asked = {"since": first} | ({"agency": getattr(agency, "pk", "")} if agency else {})
    return f"{reverse('inspections:who-is-free')}?{urlencode(asked)}"
