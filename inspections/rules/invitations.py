"""Who may be invited, and which invitation may still be used."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.models import Agency, User
from accounts.queries import gave_up_address
from accounts.roles import PARTNERSHIP_ROLES, Role
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections.enums import OVER, InspectionState
from inspections.models import Inspection, Invitation, Membership
from inspections.rules.shared_inboxes import is_a_persons_address
from inspections.rules.team import (
    associates_come_from_elsewhere,
    is_over,
    may_come_from,
    may_hold_role,
    somebody_else_names,
)


def may_invite_person(
    inspection: Inspection,
    *,
    role: Role,
    email: str,
    name: str,
    agency: Agency,
    takes_over: Membership | None = None,
) -> Verdict:
    """People are invited from notification on, from the agency their role is filled from; single roles once.

    Somebody who has an account is of the agency that the account says. An open invitation is sent again, not doubled.
    """
    person = User.objects.filter(email=email).select_related("agency").first()
    if inspection.state == InspectionState.PLANNED and role in PARTNERSHIP_ROLES:
        return refuse("The partnership is invited after it has been notified.")
    if inspection.state in OVER:
        return refuse(f"{is_over(inspection)}.")
    if Invitation.objects.open().filter(inspection=inspection, email=email, role=role).exists():
        return refuse(
            f"{email} is already invited as {role.label.lower()}. Send that invitation again instead."
        )
    if person and person.agency:
        elsewhere = not inspection.area.agencies.filter(pk=person.agency.pk).exists()
        if elsewhere and role in PARTNERSHIP_ROLES:
            return refuse(_has_another_place(email), about="email")
        name, agency = person.name, person.agency
    elif agency.is_inspectorate and role in PARTNERSHIP_ROLES:
        return refuse(
            f"{agency} inspects, and nobody of it is of the partnership. Choose one of the partnership's agencies.",
            about="agency",
        )
    return (
        is_a_persons_address(inspection, email=email)
        & may_come_from(agency, name=name, role=role)
        & agency_is_of_the_partnership(inspection, agency=agency, name=name, role=role)
        & associates_come_from_elsewhere(inspection, agency=agency, name=name, role=role)
        & may_hold_role(inspection, role=role, person=person, instead_of=takes_over)
    )


def _has_another_place(email: str) -> str:
    """Not who it is, nor where: the co-ordinator asks, and has no part in those who are of no agency of the partnership."""
    return (
        f"{email} cannot be invited to the partnership's side. Look at the address letter by letter. If it is right, ask the "
        "support officer of this inspection."
    )


def agency_is_of_the_partnership(
    inspection: Inspection, *, agency: Agency, name: str, role: Role
) -> Verdict:
    """The partnership's people come from the agencies of the area that is inspected."""
    if role not in PARTNERSHIP_ROLES:
        return ALLOWED
    area = inspection.area
    return require(
        area.agencies.filter(pk=agency.pk).exists(),
        f"{name} belongs to {agency}, which is not of the partnership of {area}. Choose one of its agencies.",
        source="R53",
    )


def may_accept_invitation(invitation: Invitation, *, now: datetime) -> Verdict:
    """An invitation is used once, in time, while the inspection runs and while its role is free."""
    if invitation.accepted_at:
        return refuse(
            "This invitation has been used. Sign in with your e-mail address and password."
        )
    if invitation.withdrawn_at:
        return refuse(
            f"This invitation was withdrawn on {day_in_words(invitation.withdrawn_at)}. "
            f"If you should take part, ask {invitation.withdrawn_by} to invite you again."
        )
    if invitation.has_expired(now):
        return refuse(
            f"This invitation ran out on {day_in_words(invitation.expires_at)}. "
            f"Ask {invitation.invited_by} to send it again."
        )
    if gave_up_address(invitation.email, since=invitation.invited_at):
        return refuse(
            "Whoever this invitation was for has another e-mail address since. "
            f"Sign in with the new one, and ask {invitation.invited_by} to invite you there."
        )
    if invitation.inspection.state in OVER:
        return refuse(f"{is_over(invitation.inspection)}. There is nothing left to join.")
    if invitation.until and invitation.until < timezone.localdate(now):
        return refuse(
            f"This invitation was for work until {day_in_words(invitation.until)}, which has gone by. "
            f"Ask {invitation.invited_by} to invite you again."
        )
    person = User.objects.filter(email=invitation.email).first()
    role = Role(invitation.role)
    free = may_hold_role(
        invitation.inspection, role=role, person=person, instead_of=invitation.takes_over
    )
    return somebody_else_names(by=invitation.invited_by, person=person) & require(
        free,
        f"{free.sentence.removesuffix(' End that first.')} Ask {invitation.invited_by} what to do.",
        source=free.source,
    )


def may_resend_invitation(invitation: Invitation) -> Verdict:
    """An invitation that was used or withdrawn is not sent again, nor one to an inspection that is closed."""
    return (
        require(not invitation.accepted_at, f"{invitation.name} has joined already.")
        & require(
            not invitation.withdrawn_at,
            f"The invitation of {invitation.name} was withdrawn. Invite them anew.",
        )
        & require(invitation.inspection.state not in OVER, f"{is_over(invitation.inspection)}.")
        & require(
            not gave_up_address(invitation.email, since=invitation.invited_at),
            f"{invitation.name} has another e-mail address since. Withdraw this invitation and invite them at the new one.",
        )
    )


def may_withdraw_invitation(invitation: Invitation) -> Verdict:
    """Only what is open is taken back: somebody who has joined is taken off the team instead."""
    return require(
        not invitation.accepted_at,
        f"{invitation.name} has joined already. Their part is ended on the page of the team.",
    ) & require(
        not invitation.withdrawn_at, f"The invitation of {invitation.name} was withdrawn already."
    )
