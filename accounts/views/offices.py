"""Offices of the programme: given, ended, and taken by invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import permissions, queries, rules
from accounts.actions import offices as actions
from accounts.actions.readings import opened_in_vain
from accounts.forms.people import (
    AcceptOfficeInvitationForm,
    GiveOfficeForm,
    InviteOfficeHolderForm,
)
from accounts.models import Agency, OfficeInvitation, User
from accounts.models.sent_invitation import hash_of
from accounts.roles import YOURS, Role
from accounts.views.fresh import fresh_sign_in
from core.clicks import was_just_now
from core.verdicts import Refused
from core.web import find_or_404, find_or_say, page, posted


@fresh_sign_in
@page("GET", "POST")
def give_office(request: HttpRequest, person: int) -> HttpResponse:
    """Give somebody who has an account an office of the programme."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)
    permissions.can_give_office(request.user, found).enforce()

    form = GiveOfficeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            office = actions.give_office(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("role", refusal.verdict.sentence)
        else:
            words = rules.words_of(Role(office.role))
            messages.success(request, f"{found} is {words} now.")
            return redirect("accounts:person", found.pk)

    context = {
        "title": f"Give {found} an office",
        "person": found,
        "form": form,
        "is_example": found.is_example,
        "back_url": reverse("accounts:person", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "accounts/give_office.html", context)


@page("GET", "POST")
def end_office(request: HttpRequest, person: int, office: int) -> HttpResponse:
    """End somebody's office, after a question."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)
    held = found.offices.filter(pk=office).first()
    if held is None:
        messages.info(request, f"{found} does not hold that office any more.")
        return redirect("accounts:person", found.pk)
    permissions.can_end_office(request.user, held).enforce()

    role = Role(held.role)
    if request.method == "POST":
        actions.end_office(held, by=request.user, at=timezone.now())
        messages.success(request, f"{found} is no longer {rules.words_of(role)}.")
        still_sees = permissions.can_see_people(request.user)
        return redirect("accounts:person", found.pk) if still_sees else redirect("/")

    context = {
        "title": f"End {found}'s office?",
        "person": found,
        "role_words": rules.words_of(role),
        "is_example": found.is_example,
        "back_url": reverse("accounts:person", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "accounts/end_office.html", context)


@fresh_sign_in
@page("GET", "POST")
def invite_office_holder(request: HttpRequest) -> HttpResponse:
    """Invite somebody to an office. The offices are the Care Inspectorate's."""
    permissions.can_invite_office_holder(request.user).enforce()

    form = InviteOfficeHolderForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite_office_holder(
                **form.cleaned_data,
                agency=Agency.objects.care_inspectorate(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(
                request,
                f"The invitation is on its way to {invitation.email}. The link lasts 28 days.",
            )
            return redirect("accounts:people")

    context = {
        "title": "Invite somebody to an office",
        "form": form,
        "back_url": reverse("accounts:people"),
        "back_words": "People",
    }
    return render(request, "accounts/invite_office_holder.html", context)


@page("POST")
def resend_office_invitation(request: HttpRequest, invitation: int) -> HttpResponse:
    """Send the invitation again, with a new link."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(OfficeInvitation.objects.all(), pk=invitation)
    if found.is_open and was_just_now(found.sent_at, now=timezone.now()):
        messages.info(request, f"A link to {found.email} was sent less than a minute ago.")
        return redirect("accounts:people")
    permissions.can_resend_office_invitation(request.user, found).enforce()

    actions.resend_office_invitation(found, by=request.user, at=timezone.now())
    messages.success(
        request, f"A new link is on its way to {found.email}. The old one no longer opens."
    )
    return redirect("accounts:people")


@page("POST")
def withdraw_office_invitation(request: HttpRequest, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(OfficeInvitation.objects.all(), pk=invitation)
    if found.withdrawn_at:
        messages.info(request, f"The invitation of {found.name} is withdrawn already.")
        return redirect("accounts:people")
    permissions.can_withdraw_office_invitation(request.user, found).enforce()

    actions.withdraw_office_invitation(found, by=request.user, at=timezone.now())
    messages.success(
        request, f"The invitation of {found.name} is withdrawn. Its link no longer opens."
    )
    return redirect("accounts:people")


@login_not_required
@page("GET", "POST", records_reading=True)
def accept_office_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the office. A new person chooses a password; somebody with an account signs in first."""
    invitation = find_or_say(
        rules.LINK_OPENS_NOTHING,
        OfficeInvitation.objects.select_related("invited_by", "agency"),
        secret_hash=hash_of(secret),
    )
    if request.user.is_authenticated and invitation.accepted_by_id == request.user.pk:
        messages.info(request, "You have accepted already.")
        return redirect("/")
    verdict = rules.may_accept_office_invitation(invitation, now=timezone.now())
    known = User.objects.filter(email=invitation.email).first()
    is_me = request.user.is_authenticated and request.user == known
    is_new = known is None and not request.user.is_authenticated

    form = AcceptOfficeInvitationForm(posted(request), email=invitation.email, name=invitation.name)
    role = Role(invitation.role)
    if request.method == "POST" and verdict and (is_me or (is_new and form.is_valid())):
        password = None if is_me else form.cleaned_data["password"]
        office = actions.accept_office_invitation(
            invitation, person=known, password=password, at=timezone.now()
        )
        if not is_me:
            login(request, office.person, backend="accounts.backends.DeskBackend")
        messages.success(request, f"You are {rules.words_of(role)} now.")
        return redirect("/")

    if not is_me and (request.user.is_authenticated or not invitation.is_open):
        by = request.user if request.user.is_authenticated else None
        opened_in_vain(
            invitation,
            kept="accounts.invitation_kept_from_another",
            spent="accounts.spent_invitation_opened",
            role=rules.words_of(role),
            by=by,
            at=timezone.now(),
        )
    context = {
        "title": f"Become {rules.words_of(role)}",
        "invitation": invitation,
        "role": role,
        "role_words": rules.words_of(role),
        "meaning": YOURS[role],
        "verdict": verdict,
        "known": known,
        "is_me": is_me,
        "somebody_else": request.user.is_authenticated and not is_me,
        "form": form,
    }
    return render(
        request, "accounts/accept_office_invitation.html", context, status=200 if verdict else 410
    )
