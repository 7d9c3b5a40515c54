"""Calendars to subscribe to: one's own, made and taken back, and what a calendar program fetches."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models.sent_invitation import hash_of
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import exports, queries
from inspections.actions import feeds as actions
from inspections.forms.feeds import MakeFeedForm
from inspections.models import CalendarFeed


@page("GET")
def feeds(request: HttpRequest) -> HttpResponse:
    """One's own calendars."""
    context = {
        "title": "Your calendars",
        "feeds": CalendarFeed.objects.filter(person=request.user).select_related(
            "inspection__area"
        ),
    }
    return render(request, "inspections/feeds.html", context)


@page("GET", "POST")
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make the address. It is shown on the answer, and nowhere again."""
    form = MakeFeedForm(posted(request), inspections=queries.inspections_to_follow(request.user))
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.make_feed(
                form.cleaned_data["inspection"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            address = settings.SITE_URL + reverse("inspections:feed", args=[secret])
    context = {
        "title": "Subscribe to a calendar",
        "form": form,
        "address": address,
        "webcal": "webcal://" + address.partition("://")[2] if address else "",
        "back_url": reverse("inspections:feeds"),
    }
    return render(request, "inspections/make_feed.html", context)


@page("POST")
def revoke_feed(request: HttpRequest, feed: int) -> HttpResponse:
    """Take it back. One that is gone already is fine."""
    found = CalendarFeed.objects.filter(person=request.user, pk=feed).first()
    if found:
        actions.revoke_feed(found, by=request.user, at=timezone.now())
    messages.success(request, "The calendar is taken back. Its address opens nothing any more.")
    return redirect("inspections:feeds")


@login_not_required
@page("GET")
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program fetches: the address itself is the key, and says nothing of people or findings."""
    found = find_or_404(
        CalendarFeed.objects.select_related("person", "inspection"), secret_hash=hash_of(secret)
    )
    inspections = queries.inspections_of_feed(found)
    name = str(inspections[0].area) if found.inspection_id and inspections else "Joint inspections"
    content = exports.calendar(name, queries.dates_of(inspections))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
