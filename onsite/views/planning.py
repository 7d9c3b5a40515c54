"""Planning a session, changing it (by its form, or by dragging it on the grid) and cancelling it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.dates import weekday_in_words
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import page, posted
from inspections.models import Inspection
from onsite import permissions, queries, rules
from onsite.actions import sessions as actions
from onsite.forms.sessions import CancelSessionForm, ChangeSessionForm, PlanSessionForm
from onsite.models import Session
from onsite.views.sessions import found_inspection, found_session, frame


@page("GET", "POST")
def plan_session(request: HttpRequest, reference: str) -> HttpResponse:
    """Say when, what, where and with whom. The same sent twice is one session."""
    inspection, today = found_inspection(request, reference), timezone.localdate()
    permissions.can_plan_session(request.user, inspection, on=today).enforce()

    wished = {name: request.GET[name] for name in ("day", "begins") if name in request.GET}
    form = PlanSessionForm(posted(request), initial=wished, **_offers(inspection))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            kept = actions.plan_session(inspection, plan=form.plan(), by=request.user, at=now)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            is_new = kept.planned_at == now
            messages.add_message(
                request,
                messages.SUCCESS if is_new else messages.INFO,
                f"“{kept}” is planned{_when(kept)}." if is_new else f"“{kept}” is planned already.",
            )
            return redirect("onsite:sessions", reference)

    context = {**_task(request, inspection, "Plan a session"), "form": form}
    return render(request, "onsite/plan_session.html", context)


@page("GET", "POST")
def change_session(request: HttpRequest, reference: str, session: int) -> HttpResponse:
    """Change it, or move it. What was dragged on the grid comes here too, and stands in the form where it is refused."""
    inspection = found_inspection(request, reference)
    found = found_session(request, inspection, session)
    permissions.can_change_session(request.user, found, on=timezone.localdate()).enforce()

    stands = ChangeSessionForm.stands(found)
    form = ChangeSessionForm(
        _dragged(request, found, stands) if "dragged" in request.POST else posted(request),
        initial={**stands, "based_on": found.version},
        **_offers(inspection),
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_session(
                found,
                plan=form.plan(),
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                at=timezone.now(),
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, stands)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"“{kept}” is saved{_when(kept)}.")
            return redirect("onsite:sessions", reference)

    context = {
        **_task(request, inspection, "Change a session"),
        "session": found,
        "form": form,
        "back_url": reverse("onsite:session", args=[reference, found.pk]),
        "back_words": "The session",
    }
    return render(request, "onsite/change_session.html", context, status=409 if form.newer else 200)


@page("GET", "POST")
def cancel_session(request: HttpRequest, reference: str, session: int) -> HttpResponse:
    """Cancel it with a reason. A second click finds it cancelled and says so."""
    inspection = found_inspection(request, reference)
    found = found_session(request, inspection, session)
    if found.is_cancelled:
        messages.info(request, rules.is_planned(found).sentence)
        return redirect("onsite:session", reference, session)
    permissions.can_cancel_session(request.user, found, on=timezone.localdate()).enforce()

    form = CancelSessionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.cancel_session(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(
            request, f"“{found}” is cancelled. Its room and its people are free again."
        )
        return redirect("onsite:sessions", reference)

    context = {
        **_task(request, inspection, "Cancel this session?"),
        "session": found,
        "day": queries.days_of(inspection).get(found.day),
        "form": form,
        "back_url": reverse("onsite:session", args=[reference, found.pk]),
        "back_words": "The session",
    }
    return render(request, "onsite/cancel_session.html", context)


def _dragged(request: HttpRequest, found: Session, stands: dict[str, Any]) -> dict[str, Any]:
    """All that stands of the session, on the day and in the hour where it was dropped, and as long as it was."""
    data: dict[str, Any] = {**stands, "based_on": request.POST.get("based_on", "")}
    data["is_shared"] = "on" if found.is_shared else ""
    data["begins"], data["ends"] = f"{found.begins:%H:%M}", f"{found.ends:%H:%M}"
    data["day"] = request.POST.get("day", data["day"])
    hour = request.POST.get("hour", "")
    if hour.isascii() and hour.isdecimal() and int(hour) < 24:
        first = datetime.combine(datetime.min, found.begins)
        length = datetime.combine(datetime.min, found.ends) - first
        begins = first.replace(hour=int(hour))
        # What would run past midnight ends with the day, and is refused with the reason.
        last = begins.replace(hour=23, minute=59)
        data["begins"] = f"{begins:%H:%M}"
        data["ends"] = f"{min(begins + max(length, timedelta()), last):%H:%M}"
    return data


def _offers(inspection: Inspection) -> dict[str, Any]:
    """What a form of a session can be chosen from."""
    return {
        "days": queries.days_of(inspection),
        "rooms": inspection.onsite_rooms.all(),
        "people": queries.team_of(inspection),
        "on": timezone.localdate(),
    }


def _when(session: Session) -> str:
    day = queries.days_of(session.inspection).get(session.day)
    return f" for {weekday_in_words(day.date)} at {session.begins:%H:%M}" if day else ""


def _task(request: HttpRequest, inspection: Inspection, title: str) -> dict[str, Any]:
    return {
        **frame(request, inspection, title),
        "back_url": reverse("onsite:sessions", args=[inspection.reference]),
        "back_words": "On site",
    }
