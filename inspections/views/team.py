"""Who works on the inspection, on both sides."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import ties
from accounts.roles import PARTNERSHIP_ROLES, PASSING_ROLES, TEAM_ROLES, Capability, Role
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections import permissions, queries, rules
from inspections.actions import team as actions
from inspections.actions.readings import INVITED, read_addresses
from inspections.enums import OVER, InspectionState
from inspections.forms.team import ChangeLastDayForm, NameTeamMemberForm
from inspections.models import Inspection, Membership
from inspections.rooms import inspection_frame
from inspections.rules.offices import OFFICES, STANDS_IN_ALREADY


@page("GET", records_reading=True)
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """Every role of both sides, who holds it, and who is invited."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)

    people_of_team, people_of_partnership = queries.people_of(inspection, with_stand_ins=True)
    everybody = [
        held for place in (*people_of_team, *people_of_partnership) for held in place.holders
    ]
    named_by_me = [
        held
        for held in everybody
        if held.role in OFFICES
        and permissions.names_offices(request.user, held, Capability.HAND_OVER_OFFICE)
    ]
    names = permissions.can_name_team_member(request.user, inspection)
    of_the_team = names or permissions.can_see_team_rooms(request.user, inspection)
    decides = permissions.can_see_declarations(request.user, inspection)
    needs = rules.checklist(inspection) if of_the_team and inspection.state not in OVER else []
    plans_teams = permissions.has(request.user, inspection, permissions.Capability.SEE_WHO_IS_FREE)
    clashes = rules.clashes_of_team(inspection, on=timezone.localdate()) if plans_teams else []
    roles_invited = permissions.roles_invited_by(request.user, inspection)
    invitations = [
        one
        for one in queries.invitations_of(inspection, now=timezone.now())
        if one.invitation.role in roles_invited
    ]
    invites = permissions.can_invite_person(request.user, inspection)
    adds_inboxes = permissions.can_add_shared_inbox(request.user, inspection)
    if invites or adds_inboxes:
        read_addresses(inspection, part=INVITED, by=request.user, at=timezone.now())
    needs_open = [need for need in needs if not need.met]
    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": "Team and partnership",
        "team": people_of_team,
        "partnership": people_of_partnership,
        "needs": needs,
        "declared": queries.stands_of_declarations(
            inspection,
            [held for place in people_of_team for held in place.holders],
            reader=request.user,
            decides=bool(decides),
        )
        if of_the_team
        else {},
        "unproved": {one.pk for one in queries.unproved_parts(inspection)},
        "can_confirm_joined": permissions.has(request.user, inspection, Capability.CONFIRM_JOINED),
        "decides": decides,
        "declares": permissions.is_of_the_team(request.user, inspection),
        "clashes": clashes,
        "clashing": {clash.person for clash in clashes},
        "plans_teams": plans_teams,
        "needs_open": needs_open,
        "inboxes": queries.shared_inboxes(inspection),
        "can_add_shared_inbox": adds_inboxes,
        "invitations": invitations,
        "roles_invited": roles_invited,
        "invites_to_team": not TEAM_ROLES.isdisjoint(roles_invited),
        "invites_to_partnership": not PARTNERSHIP_ROLES.isdisjoint(roles_invited),
        "roles_to_fill": _roles_to_fill(inspection, roles_invited) if invites else set(),
        "invited": queries.invited_by_role(invitations, roles_invited) if invites else {},
        "invites_first": invites and _invites_first(people_of_partnership, bool(needs_open)),
        "hands_over": {held.pk for held in named_by_me},
        "names_stand_in": {held.pk for held in named_by_me if held.role not in STANDS_IN_ALREADY},
        "can_name_team_member": names,
        "ends": {
            held.pk
            for held in everybody
            if names or permissions.can_end_team_member(request.user, held)
        },
        "can_invite_person": invites,
        "sets_last_day": {
            held.pk
            for held in everybody
            if held.person_id != request.user.pk and permissions.sets_last_days(request.user, held)
        },
        "can_reset_second_factors": permissions.has(
            request.user, inspection, Capability.RESET_SECOND_FACTOR
        ),
    }
    return render(request, "inspections/team.html", context)


def _roles_to_fill(inspection: Inspection, invited: Iterable[Role]) -> set[Role]:
    """For which an empty place offers to invite somebody: the partnership's from when it has been notified."""
    if inspection.state == InspectionState.PLANNED:
        return {role for role in invited if role not in PARTNERSHIP_ROLES}
    return set(invited)


def _invites_first(partnership: list[queries.Place], team_needs_somebody: bool) -> bool:
    """Whether inviting is the next deed here, before naming: nobody co-ordinates yet, which holds the document pack, or the team has
    all it needs."""
    waits = any(
        place.role == Role.INSPECTION_COORDINATOR and not place.holders for place in partnership
    )
    return waits or not team_needs_somebody


@fresh_sign_in
@page("GET", "POST")
def name_team_member(request: HttpRequest, reference: str) -> HttpResponse:
    """Name a person of an inspectorate in a role."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_name_team_member(request.user, inspection).enforce()

    form = NameTeamMemberForm(
        posted(request),
        by=request.user,
        last_days=queries.proposed_last_days(inspection, TEAM_ROLES, on=timezone.localdate()),
        initial={"role": request.GET.get("role")},
    )
    if request.method == "POST" and form.is_valid() and _has_seen_warnings(form, inspection):
        try:
            membership = actions.name_team_member(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            person, role = form.cleaned_data["person"], form.cleaned_data["role"]
            held = [
                one
                for one in queries.parts_played(person)
                if one.stand_in is None and (one.inspection, one.role) == (inspection, role)
            ]
            if held:
                messages.info(request, refusal.verdict.sentence)
                return redirect("inspections:team", inspection.reference)
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(
                request, f"{membership.person} is {membership.get_role_display().lower()} now."
            )
            return redirect("inspections:team", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": "Name somebody to the team",
        "form": form,
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/name_team_member.html", context)


def _has_seen_warnings(form: NameTeamMemberForm, inspection: Inspection) -> bool:
    """Whether whoever names has seen what warns them. Where a rule refuses anyway, its sentence comes first."""
    typed, today = form.cleaned_data, timezone.localdate()
    verdict = rules.may_name_team_member(inspection, role=typed["role"], person=typed["person"])
    if not verdict & rules.may_last_until(
        inspection, role=typed["role"], until=typed["until"], on=today
    ):
        return True
    return form.has_seen(rules.warnings_of_naming(inspection, **typed, on=today))


@page("GET", "POST")
def end_team_member(request: HttpRequest, reference: str, membership: int) -> HttpResponse:
    """End somebody's part, after a question."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    held = find_or_404(
        Membership.objects.filter(inspection=inspection).select_related("person"), pk=membership
    )
    if held.ended_at:
        messages.info(request, f"{held.person}'s part in this inspection has already ended.")
        return redirect("inspections:team", inspection.reference)
    permissions.can_end_team_member(request.user, held).enforce()

    if request.method == "POST":
        actions.end_team_member(held, by=request.user, at=timezone.now())
        messages.success(request, f"{held.person} is no longer {held.get_role_display().lower()}.")
        still_sees = Inspection.objects.visible_to(request.user).filter(pk=inspection.pk).exists()
        return (
            redirect("inspections:team", inspection.reference)
            if still_sees
            else redirect("workspace:home")
        )

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": f"End {held.person}'s part?",
        "membership": held,
        "gaps": ties.gaps_of(held.person, reference=reference)
        if held.role == Role.CONTRIBUTOR
        else [],
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/end_team_member.html", context)


@page("GET", "POST")
def change_last_day(request: HttpRequest, reference: str, membership: int) -> HttpResponse:
    """Lengthen or shorten somebody's access, with a reason."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    held = find_or_404(
        Membership.objects.filter(inspection=inspection).select_related("person"), pk=membership
    )
    today = timezone.localdate()
    permissions.can_change_last_day(request.user, held, on=today).enforce()

    role = Role(held.role)
    form = ChangeLastDayForm(
        posted(request),
        proposed=queries.proposed_last_day(inspection, role=role, on=today),
        may_stay_open=role not in PASSING_ROLES,
        initial={"until": held.until},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_last_day(held, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            until = actions.in_words(form.cleaned_data["until"])
            messages.success(request, f"{held.person} has access until {until}.")
            return redirect("inspections:team", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=today),
        "title": f"Change the last day of {held.person}",
        "membership": held,
        "form": form,
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/change_last_day.html", context)
