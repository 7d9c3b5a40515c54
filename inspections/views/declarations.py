"""Conflicts of interest: each says their own, those who decide read them all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.dates import day_in_words
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import permissions, queries, rules
from inspections.actions import declarations as actions
from inspections.actions.readings import read_declarations
from inspections.forms.declarations import DecideInterestForm, DeclareInterestForm
from inspections.models import Declaration, Inspection, Membership
from inspections.rooms import inspection_frame


@page("GET", "POST")
def declare_interest(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether one has a conflict of interest; and read what was decided on what one said before."""
    inspection = find_or_404(
        queries.where_to_declare(request.user).select_related("area"), reference=reference
    )
    if not rules.is_known_here(inspection, person=request.user):
        return redirect("inspections:address-proof", inspection.reference)
    permissions.can_declare_interest(request.user, inspection).enforce()
    is_open = Inspection.objects.visible_to(request.user).filter(pk=inspection.pk).exists()
    opens_on = None if is_open else queries.first_day(request.user, inspection)

    form = DeclareInterestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            declaration = actions.declare_interest(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            messages.info(request, refusal.verdict.sentence)
            return _after(inspection, is_open=is_open)
        if declaration.waits:
            messages.success(request, "Declared. Those who decide have been told.")
            return _after(inspection, is_open=is_open)
        if opens_on:
            said = f"Declared. {inspection.area} opens to you on {day_in_words(opens_on)}."
            messages.success(request, said)
            return _after(inspection, is_open=is_open)
        messages.success(request, f"Declared. {inspection.area} is open to you.")
        return redirect(inspection)

    context = {
        "title": "Say whether you have a conflict of interest",
        "inspection": inspection,
        "roles": queries.parts_to_declare_for(inspection, request.user),
        "agencies": inspection.area.agencies.order_by("name"),
        "declared": queries.declared_by(request.user, inspection),
        "contact": queries.contact(inspection),
        "is_open": is_open,
        "opens_on": opens_on,
        "is_closed": Membership.objects.closed_to(request.user)
        .filter(inspection=inspection)
        .exists(),
        "form": form,
        "back_url": reverse("inspections:team", args=[reference])
        if is_open
        else reverse("workspace:home"),
        "back_words": "Team and partnership" if is_open else "Home",
    }
    return render(request, "inspections/declare_interest.html", context)


def _after(inspection: Inspection, *, is_open: bool) -> HttpResponse:
    """To the team where the inspection is open to the person; else to what they declared, which is all they see of it."""
    page = "inspections:team" if is_open else "inspections:declare-interest"
    return redirect(page, inspection.reference)


@page("GET", records_reading=True)
def declarations(request: HttpRequest, reference: str) -> HttpResponse:
    """What everybody of the team declared, what was decided on it, and who has not declared yet."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    permissions.can_see_declarations(request.user, inspection).enforce()

    found = queries.declarations_of(inspection)
    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": "What the team declared",
        "declarations": found,
        "latest": {one.pk for one in _latest(found)},
        "silent": queries.not_declared(inspection, found),
    }
    read_declarations(inspection, by=request.user, at=timezone.now())
    return render(request, "inspections/declarations.html", context)


def _latest(found: list[Declaration]) -> list[Declaration]:
    """What each person declared last."""
    return list({one.person_id: one for one in sorted(found, key=lambda one: one.pk)}.values())


@page("GET", "POST", records_reading=True)
def decide_interest(request: HttpRequest, reference: str, declaration: int) -> HttpResponse:
    """Read what somebody declared, and decide. Of two who decide at once, the second hears what the first decided."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )
    permissions.can_see_declarations(request.user, inspection).enforce()
    found = find_or_404(
        inspection.declarations.select_related("person__agency", "decided_by"), pk=declaration
    )
    found.inspection = inspection
    decided = rules.is_undecided(found)
    if not decided:
        messages.info(request, decided.sentence)
        return redirect("inspections:declarations", inspection.reference)
    permissions.can_decide_interest(request.user, found).enforce()

    form = DecideInterestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_interest(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"Decided. {found.person} has been told to read it.")
            return redirect("inspections:declarations", inspection.reference)

    context = {
        "title": f"Decide what {found.person} declared",
        "inspection": inspection,
        "declaration": found,
        "roles": queries.parts_to_declare_for(inspection, found.person),
        "earlier": [
            one for one in queries.declared_by(found.person, inspection) if one.pk < found.pk
        ],
        "form": form,
        "back_url": reverse("inspections:declarations", args=[inspection.reference]),
        "back_words": "What the team declared",
    }
    if request.method == "GET":
        read_declarations(inspection, by=request.user, at=timezone.now())
    return render(request, "inspections/decide_interest.html", context)
