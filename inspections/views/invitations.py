"""Inviting people, and joining."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.actions.readings import opened_in_vain
from accounts.models import User
from accounts.models.sent_invitation import hash_of
from accounts.roles import TEAM_ROLES, YOURS, Role
from accounts.rules import LINK_OPENS_NOTHING
from accounts.views.fresh import fresh_sign_in_where
from core.clicks import was_just_now
from core.verdicts import Refused
from core.web import find_or_404, find_or_say, page, posted
from inspections import permissions, queries, rules
from inspections.actions import invitations as actions
from inspections.forms.invitations import AcceptInvitationForm, WithdrawInvitationForm
from inspections.forms.team import InvitePersonForm
from inspections.models import Inspection, Invitation, Membership
from inspections.rooms import inspection_frame


def _is_to_the_team(request: HttpRequest) -> bool:
    return request.POST.get("role") in TEAM_ROLES


@fresh_sign_in_where(_is_to_the_team)
@page("GET", "POST")
def invite_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite somebody to work on this inspection."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_invite_person(request.user, inspection).enforce()

    roles = permissions.roles_invited_by(request.user, inspection)
    form = InvitePersonForm(
        posted(request),
        roles=roles,
        agencies=queries.agencies_to_invite_from(inspection, roles=roles),
        last_days=queries.proposed_last_days(inspection, roles, on=timezone.localdate()),
        initial={"role": request.GET.get("role"), "agency": request.GET.get("agency")},
    )
    if request.method == "POST" and form.is_valid() and _has_seen_warnings(form, inspection):
        try:
            invitation = actions.invite_person(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            if _just_invited(inspection, form):
                messages.info(request, refusal.verdict.sentence)
                return redirect("inspections:team", inspection.reference)
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(
                request,
                f"The invitation is on its way to {invitation.email}. The link lasts 28 days.",
            )
            return redirect("inspections:team", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": "Invite somebody",
        "form": form,
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/invite_person.html", context)


def _has_seen_warnings(form: InvitePersonForm, inspection: Inspection) -> bool:
    """Whether whoever invites somebody with an account to the team has seen what warns them. A refusal comes first."""
    typed, today = form.cleaned_data, timezone.localdate()
    email, role, until = typed["email"], typed["role"], typed["until"]
    asked = {key: typed[key] for key in ("email", "name", "agency", "role")}
    verdict = rules.may_invite_person(inspection, **asked)
    if not verdict & rules.may_last_until(inspection, role=role, until=until, on=today):
        return True
    person = User.objects.filter(email=email).first()
    return form.has_seen(
        rules.warnings_of_naming(inspection, person=person, role=role, until=until, on=today)
    )


def _just_invited(inspection: Inspection, form: InvitePersonForm) -> bool:
    """Whether the first click of a double click has sent this invitation."""
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    last = Invitation.objects.filter(inspection=inspection, email=email, role=role).first()
    return last is not None and was_just_now(last.sent_at, now=timezone.now())


@page("POST")
def resend_invitation(request: HttpRequest, reference: str, invitation: int) -> HttpResponse:
    """Send the invitation again, with a new link."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_invite_person(request.user, inspection).enforce()
    mine = permissions.roles_invited_by(request.user, inspection)
    found = find_or_404(
        Invitation.objects.filter(inspection=inspection, role__in=mine), pk=invitation
    )
    if was_just_now(found.sent_at, now=timezone.now()):
        messages.info(request, f"A link to {found.email} was sent less than a minute ago.")
        return redirect("inspections:team", inspection.reference)

    actions.resend_invitation(found, by=request.user, at=timezone.now())
    messages.success(
        request, f"A new link is on its way to {found.email}. The old one no longer opens."
    )
    return redirect("inspections:team", inspection.reference)


@page("GET", "POST")
def withdraw_invitation(request: HttpRequest, reference: str, invitation: int) -> HttpResponse:
    """Take an invitation back, after a question."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_invite_person(request.user, inspection).enforce()
    mine = permissions.roles_invited_by(request.user, inspection)
    found = find_or_404(
        Invitation.objects.filter(inspection=inspection, role__in=mine), pk=invitation
    )
    if found.withdrawn_at:
        messages.info(request, f"The invitation of {found.name} was withdrawn already.")
        return redirect("inspections:team", inspection.reference)
    permissions.can_withdraw_invitation(request.user, found).enforce()

    form = WithdrawInvitationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw_invitation(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(
            request,
            f"The invitation of {found.name} is withdrawn. Its link opens nothing any more.",
        )
        return redirect("inspections:team", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": f"Withdraw the invitation of {found.name}?",
        "invitation": found,
        "form": form,
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/withdraw_invitation.html", context)


def _begin(inspection: Inspection, person: User) -> HttpResponse:
    """Into the inspection; by a code first to where it is shown who they are, and for the team to where they declare their interests."""
    if Membership.objects.unproved_of(person).filter(inspection=inspection).exists():
        return redirect("inspections:address-proof", inspection.reference)
    if Membership.objects.closed_to(person).filter(inspection=inspection).exists():
        return redirect("inspections:declare-interest", inspection.reference)
    return redirect(inspection)


@login_not_required
@page("GET", "POST", records_reading=True)
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Join. A new person chooses a password; somebody with an account signs in first."""
    invitation = find_or_say(
        LINK_OPENS_NOTHING,
        Invitation.objects.select_related(
            "inspection__area", "invited_by", "withdrawn_by", "agency"
        ).opened_by(hash_of(secret), now=timezone.now()),
    )
    verdict = rules.may_accept_invitation(invitation, now=timezone.now())
    if request.user.is_authenticated and invitation.accepted_by_id == request.user.pk:
        messages.info(request, "You have joined already.")
        return _begin(invitation.inspection, request.user)
    known = User.objects.filter(email=invitation.email).first()
    is_me = request.user.is_authenticated and request.user == known
    is_new = known is None and not request.user.is_authenticated

    form = AcceptInvitationForm(posted(request), email=invitation.email, name=invitation.name)
    if request.method == "POST" and verdict and (is_me or (is_new and form.is_valid())):
        password = None if is_me else form.cleaned_data["password"]
        membership = actions.accept_invitation(
            invitation,
            person=known,
            password=password,
            at=timezone.now(),
            by_code=hash_of(secret) != invitation.secret_hash,
        )
        if not is_me:
            login(request, membership.person, backend="accounts.backends.DeskBackend")
        messages.success(request, f"You have joined as {membership.get_role_display().lower()}.")
        return _begin(invitation.inspection, membership.person)

    if not is_me and (request.user.is_authenticated or not invitation.is_open):
        by = request.user if request.user.is_authenticated else None
        opened_in_vain(
            invitation,
            kept="inspections.invitation_kept_from_another",
            spent="inspections.spent_invitation_opened",
            role=Role(invitation.role).label.lower(),
            by=by,
            at=timezone.now(),
            inspection=invitation.inspection,
        )
    context = {
        "title": f"Join the inspection of {invitation.inspection.area}",
        "invitation": invitation,
        "role": Role(invitation.role),
        "meaning": YOURS[Role(invitation.role)],
        "verdict": verdict,
        "known": known,
        "is_me": is_me,
        "somebody_else": request.user.is_authenticated and not is_me,
        "form": form,
        "is_example": invitation.inspection.area.is_invented,
        "contact": queries.contact(invitation.inspection),
    }
    return render(
        request, "inspections/accept_invitation.html", context, status=200 if verdict else 410
    )
