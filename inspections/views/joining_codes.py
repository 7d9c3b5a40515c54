"""Reading out a code, and joining with it."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import OPENS_UNPROVED, Role
from accounts.views.fresh import fresh_sign_in
from core.web import find_or_404, page, posted
from inspections import permissions
from inspections.actions import joining_codes as actions
from inspections.actions.readings import INVITED, read_addresses
from inspections.forms.joining_codes import JoinByCodeForm
from inspections.models import Inspection, Invitation
from inspections.models.joining_code import CODE_LASTS
from inspections.rooms import inspection_frame

LIMITS = {"from_one_place": "20/h/ip"}  # tries, from one place of the network
MAKERS = "made_codes"  # the cookie's name, and its salt
TOO_MANY = "There were too many tries from where you are. Wait an hour, or ask whoever invited you to send you the link."


@fresh_sign_in
@page("GET", "POST", records_reading=True)
def make_joining_code(request: HttpRequest, reference: str, invitation: int) -> HttpResponse:
    """Make a code to read out. It is shown on the answer, and nowhere again."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_invite_person(request.user, inspection).enforce()
    mine = permissions.roles_invited_by(request.user, inspection)
    found = find_or_404(
        Invitation.objects.filter(inspection=inspection, role__in=mine), pk=invitation
    )
    verdict = permissions.can_make_joining_code(request.user, found, now=timezone.now())

    code = ""
    if request.method == "POST":
        verdict.enforce()
        code = actions.make_joining_code(found, by=request.user, at=timezone.now())

    read_addresses(inspection, part=INVITED, by=request.user, at=timezone.now())
    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": f"A code for {found.name}",
        "invitation": found,
        "verdict": verdict,
        "code": code,
        "is_held_back": Role(found.role) not in OPENS_UNPROVED
        and not User.objects.filter(email=found.email).exists(),
        "expires_at": timezone.now() + CODE_LASTS,
        "join_url": request.build_absolute_uri(reverse("inspections:join-by-code")),
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    response = render(request, "inspections/make_joining_code.html", context)
    if code:
        _remember_maker(request, response)
    return response


@login_not_required
@page("GET", "POST")
def join_by_code(request: HttpRequest) -> HttpResponse:
    """Join with an e-mail address and a code that was read out, when no letter arrives."""
    form = JoinByCodeForm(posted(request))
    too_many = request.method == "POST" and not _is_within(request, "from_one_place")
    if request.method == "POST" and form.is_valid() and not too_many:
        tried = actions.join_by_code(
            **form.cleaned_data,
            at=timezone.now(),
            signed_in=request.user if request.user.is_authenticated else None,
            made_here=_makers_here(request),
        )
        if tried.secret:
            return redirect("inspections:accept-invitation", tried.secret)
        form.add_error(None, tried.verdict.sentence)
    elif too_many:
        form.add_error(None, TOO_MANY)

    context = {"title": "Join with a code", "form": form}
    return render(
        request, "inspections/join_by_code.html", context, status=429 if too_many else 200
    )


def _remember_maker(request: HttpRequest, response: HttpResponse) -> None:
    """Who made a code in this browser, for as long as it opens anything: signing out does not make it open here."""
    makers = {*_makers_here(request), request.user.pk}
    response.set_signed_cookie(
        MAKERS,
        ".".join(str(one) for one in sorted(makers)),
        salt=MAKERS,
        max_age=CODE_LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _makers_here(request: HttpRequest) -> frozenset[int]:
    """Numbers of the people who made codes in this browser of late."""
    said = request.get_signed_cookie(MAKERS, default="", salt=MAKERS, max_age=CODE_LASTS) or ""
    return frozenset(int(one) for one in said.split(".") if one)


def _is_within(request: HttpRequest, action: str) -> bool:
    """Whether this try is within its limit, counted where sign-in counts its own."""
    return bool(ratelimit.consume(request, app="inspections", action=action, config=LIMITS))
