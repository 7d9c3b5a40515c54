"""The days on site as a grid and as a list, one session, each person's own days, and the table to take along."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.web import find_or_404, page
from inspections.models import Inspection
from inspections.rooms import inspection_frame
from onsite import exports, permissions, queries, rules
from onsite.models import Session


def found_inspection(request: HttpRequest, reference: str) -> Inspection:
    """The inspection, for whoever sees sessions of it."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    permissions.can_see_sessions(request.user, inspection).enforce()
    return inspection


def found_session(request: HttpRequest, inspection: Inspection, session: int) -> Session:
    """One that this person sees; of others they learn nothing."""
    seen = permissions.sessions_seen(request.user, inspection)
    found = find_or_404(seen.select_related("planned_by", "changed_by", "cancelled_by"), pk=session)
    found.inspection = inspection
    return found


def frame(request: HttpRequest, inspection: Inspection, title: str) -> dict[str, Any]:
    """What every page of this room needs."""
    today = timezone.localdate()
    return {
        **inspection_frame(request.user, inspection, room="onsite", today=today),
        "title": title,
    }


@page("GET")
def sessions(request: HttpRequest, reference: str) -> HttpResponse:
    """The days on site: a grid where there is room for one, a list by day on a phone."""
    inspection = found_inspection(request, reference)
    person, today = request.user, timezone.localdate()
    sees_all = permissions.can_see_every_session(person, inspection)
    seen = _of(inspection, permissions.sessions_seen(person, inspection))

    days = queries.days_of(inspection)
    context = {
        **frame(request, inspection, "On site"),
        "blocks": queries.grid(days, seen),
        "days": queries.by_day(days, seen),
        "any": bool(seen),
        "sees_all": sees_all,
        "sees_people": permissions.sees_people(person, inspection),
        "troubles": rules.troubles(seen, days, queries.presence(inspection)) if sees_all else {},
        "can_plan": permissions.can_plan_session(person, inspection, on=today),
        "moves": {
            one.pk
            for one in seen
            if sees_all and permissions.can_change_session(person, one, on=today)
        },
    }
    return render(request, "onsite/sessions.html", context)


@page("GET")
def session(request: HttpRequest, reference: str, session: int) -> HttpResponse:
    """One session: when, where and how to get there; who takes part, for the team."""
    inspection = found_inspection(request, reference)
    found = found_session(request, inspection, session)
    person, today = request.user, timezone.localdate()
    sees_all = permissions.can_see_every_session(person, inspection)
    days = queries.days_of(inspection)

    troubles: list[str] = []
    if sees_all:
        others = _of(inspection, queries.planned_on(inspection, found.day, but=found))
        there = queries.presence(inspection)
        troubles = rules.troubles([found, *others], days, there).get(found.pk, [])
    context = {
        **frame(request, inspection, found.title),
        "session": found,
        "day": days.get(found.day),
        "sees_all": sees_all,
        "sees_people": permissions.sees_people(person, inspection),
        "troubles": troubles,
        "can_change": permissions.can_change_session(person, found, on=today) if sees_all else None,
        "can_cancel": permissions.can_cancel_session(person, found, on=today) if sees_all else None,
    }
    return render(request, "onsite/session.html", context)


@page("GET")
def my_day(request: HttpRequest, reference: str) -> HttpResponse:
    """Each day on site of whoever opens it: where to be, when, with whom, and how to get there."""
    inspection = found_inspection(request, reference)
    person = request.user
    permissions.can_see_own_days(person, inspection).enforce()
    seen = permissions.sessions_seen(person, inspection).of(person)
    days = queries.by_day(queries.days_of(inspection), _of(inspection, seen))

    context = {
        **frame(request, inspection, "Your days on site"),
        "days": [row for row in days if row[2]],
        "sees_people": True,
    }
    return render(request, "onsite/my_day.html", context)


@page("GET")
def sessions_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The sessions that this person sees, as a table."""
    inspection = found_inspection(request, reference)
    seen = permissions.sessions_seen(request.user, inspection)

    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{inspection.reference}-on-site.csv"'
    rows = exports.session_rows(
        seen,
        queries.days_of(inspection),
        with_people=permissions.sees_people(request.user, inspection),
    )
    csv.writer(response).writerows(rows)
    return response


def _of(inspection: Inspection, found: Any) -> list[Session]:
    """The sessions, each with the inspection that is at hand."""
    sessions = list(found)
    for one in sessions:
        one.inspection = inspection
    return sessions
