"""Handing over an office, and its stand-ins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from core.words import listed
from inspections import permissions, queries, rules
from inspections.actions import offices as actions
from inspections.actions.invitations import invite_person
from inspections.forms.offices import HandOverOfficeForm, NameStandInForm
from inspections.models import Inspection, Membership, StandIn
from inspections.rooms import inspection_frame


def _find(request: HttpRequest, reference: str) -> Inspection:
    return find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )


def _held(inspection: Inspection, membership: int) -> Membership:
    found = find_or_404(
        Membership.objects.filter(inspection=inspection).select_related("person"), pk=membership
    )
    found.inspection = inspection
    return found


@fresh_sign_in
@page("GET", "POST")
def hand_over_office(request: HttpRequest, reference: str, membership: int) -> HttpResponse:
    """Hand an office over, to somebody with an account at once, to somebody new when they join."""
    inspection = _find(request, reference)
    held = _held(inspection, membership)
    today = timezone.localdate()
    permissions.can_hand_over_office(request.user, held, on=today).enforce()

    role = Role(held.role)
    form = HandOverOfficeForm(
        posted(request),
        people=queries.people_for_office(held, by=request.user),
        agencies=queries.agencies_to_invite_from(inspection, roles=[role]),
    )
    if request.method == "POST" and form.is_valid() and _has_seen_whom(form, held):
        try:
            said = _hand_over(request, held, form)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, said)
            still_sees = Inspection.objects.visible_to(request.user).filter(pk=inspection.pk)
            home = "workspace:home"
            return (
                redirect("inspections:team", reference) if still_sees.exists() else redirect(home)
            )

    context = {
        **inspection_frame(request.user, inspection, room="team", today=today),
        "title": f"Hand over: {role.label.lower()}",
        "membership": held,
        "stand_ins": queries.stand_ins_of(held),
        "taking_over": queries.taking_over(held),
        "form": form,
        "back_url": reverse("inspections:team", args=[reference]),
    }
    return render(request, "inspections/hand_over_office.html", context)


def _has_seen_whom(form: HandOverOfficeForm, held: Membership) -> bool:
    """Whether whoever hands over has seen what warns of the new holder, or of whom they invite. A refusal comes first."""
    typed, today, role = form.cleaned_data, timezone.localdate(), Role(held.role)
    person = typed["person"]
    if person:
        verdict = rules.may_hand_over_office(held, to=person, on=today)
    else:
        asked = {key: typed[key] for key in ("email", "name", "agency")}
        verdict = rules.may_invite_person(held.inspection, **asked, role=role, takes_over=held)
        person = User.objects.filter(email=typed["email"]).first()
    return not verdict or form.has_seen(
        rules.warnings_of_naming(
            held.inspection, person=person, role=role, until=held.until, on=today
        )
    )


def _has_seen_stand_in(form: NameStandInForm, held: Membership) -> bool:
    """The same of a stand-in, for the days on which they stand in."""
    typed, today = form.cleaned_data, timezone.localdate()
    if not rules.may_name_stand_in(held, **typed, on=today):
        return True
    last = min((day for day in (typed["until"], held.until) if day), default=None)
    return form.has_seen(
        rules.warnings_of_naming(
            held.inspection,
            person=typed["person"],
            role=Role(held.role),
            until=last,
            on=max(typed["starts_on"], today),
        )
    )


def _hand_over(request: HttpRequest, held: Membership, form: HandOverOfficeForm) -> str:
    """Do the one or the other; what became true, in a sentence."""
    typed = dict(form.cleaned_data)
    person, role = typed.pop("person"), Role(held.role)
    stand_ins = [one.person.name for one in queries.stand_ins_of(held)]
    if person:
        actions.hand_over_office(held, to=person, by=request.user, at=timezone.now())
        ended = f" {listed(stand_ins)} no longer stands in." if stand_ins else ""
        return f"{person} is {role.label.lower()} now.{ended} They have a letter that says so."
    invitation = invite_person(
        held.inspection,
        **typed,
        role=role,
        until=held.until,
        takes_over=held,
        by=request.user,
        at=timezone.now(),
    )
    return (
        f"The invitation is on its way to {invitation.email}. {held.person} stays "
        f"{role.label.lower()} until {invitation.name} has joined."
        + (f" {listed(stand_ins)} stands in until then." if stand_ins else "")
    )


@fresh_sign_in
@page("GET", "POST")
def name_stand_in(request: HttpRequest, reference: str, membership: int) -> HttpResponse:
    """Name somebody who stands in for the holder of an office."""
    inspection = _find(request, reference)
    held = _held(inspection, membership)
    today = timezone.localdate()
    permissions.can_name_stand_in(request.user, held, on=today).enforce()

    form = NameStandInForm(
        posted(request),
        people=queries.people_for_office(held, by=request.user),
        initial={"starts_on": today},
    )
    if request.method == "POST" and form.is_valid() and _has_seen_stand_in(form, held):
        try:
            stand_in = actions.name_stand_in(
                held, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"{stand_in.person} stands in for {held.person}.")
            return redirect("inspections:team", reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=today),
        "title": f"Name a stand-in for {held.person}",
        "membership": held,
        "form": form,
        "back_url": reverse("inspections:team", args=[reference]),
    }
    return render(request, "inspections/name_stand_in.html", context)


@page("GET", "POST")
def end_stand_in(request: HttpRequest, reference: str, stand_in: int) -> HttpResponse:
    """End a stand-in's standing in, after a question."""
    inspection = _find(request, reference)
    found = find_or_404(
        StandIn.objects.filter(membership__inspection=inspection).select_related(
            "person", "membership__person", "membership__inspection__area"
        ),
        pk=stand_in,
    )
    if found.ended_at:
        messages.info(request, f"{found.person} no longer stands in.")
        return redirect("inspections:team", reference)
    permissions.can_end_stand_in(request.user, found).enforce()

    if request.method == "POST":
        actions.end_stand_in(found, by=request.user, at=timezone.now())
        messages.success(request, f"{found.person} no longer stands in.")
        return redirect("inspections:team", reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": f"End {found.person}'s standing in?",
        "stand_in": found,
        "back_url": reverse("inspections:team", args=[reference]),
    }
    return render(request, "inspections/end_stand_in.html", context)
