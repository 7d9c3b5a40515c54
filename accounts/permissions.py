"""Who: a capability of one of the person's roles, then the rule."""

from __future__ import annotations

from accounts import rules
from accounts.holdings import roles_anywhere, roles_beside
from accounts.models import Agency, Office, OfficeInvitation, User
from accounts.queries import offices_of
from accounts.roles import Capability, granted
from core.verdicts import ALLOWED, Verdict, require

NOT_YOURS = (
    "Nobody of your inspections signs in with this address. Look at it letter by letter; or ask a programme manager, who may do "
    "it for everybody."
)


def can_reset_second_factors(person: User) -> Verdict:
    """Whether there may be somebody whose second proof this person resets."""
    capability = Capability.RESET_SECOND_FACTOR
    return require(granted(capability, roles_anywhere(person)), capability.value)


def can_reset_second_factor(person: User, other: User) -> Verdict:
    """A programme manager for everybody, a support officer for the people of their own inspections; never for oneself."""
    capability = Capability.RESET_SECOND_FACTOR
    return require(
        granted(capability, roles_beside(person, other)), NOT_YOURS
    ) & rules.may_reset_second_factor(other, by=person)


def holds(person: User, capability: Capability) -> Verdict:
    """Whether one of the person's offices grants it. The refusal is the capability's own sentence."""
    return require(granted(capability, offices_of(person)), capability.value)


def can_see_people(person: User) -> Verdict:
    return holds(person, Capability.SEE_PEOPLE)


def can_invite_office_holder(person: User) -> Verdict:
    return holds(person, Capability.INVITE_OFFICE_HOLDER)


def can_resend_office_invitation(person: User, invitation: OfficeInvitation) -> Verdict:
    return holds(person, Capability.INVITE_OFFICE_HOLDER) & rules.may_resend_office_invitation(
        invitation
    )


def can_withdraw_office_invitation(person: User, invitation: OfficeInvitation) -> Verdict:
    return holds(person, Capability.INVITE_OFFICE_HOLDER) & rules.may_withdraw_office_invitation(
        invitation
    )


def can_give_office(person: User, to: User) -> Verdict:
    return (
        holds(person, Capability.GIVE_OFFICE) & rules.is_person(to) & rules.may_be_given_offices(to)
    )


def can_end_office(person: User, office: Office) -> Verdict:
    return holds(person, Capability.END_OFFICE) & rules.may_end_office(office)


def can_move_person(person: User, whom: User) -> Verdict:
    return holds(person, Capability.MOVE_PERSON) & rules.may_leave_agency(whom)


def can_close_account(person: User, whom: User) -> Verdict:
    return holds(person, Capability.CLOSE_ACCOUNT) & rules.may_close_account(whom, by=person)


def can_reopen_account(person: User, whom: User) -> Verdict:
    return holds(person, Capability.REOPEN_ACCOUNT) & rules.may_reopen_account(whom)


def can_add_agency(person: User) -> Verdict:
    return holds(person, Capability.ADD_AGENCY)


def can_rename_agency(person: User, agency: Agency) -> Verdict:
    return holds(person, Capability.RENAME_AGENCY) & rules.keeps_no_fixed_name(agency)


def can_set_agency_sign_in(person: User, agency: Agency, *, at_terminal: bool = False) -> Verdict:
    where = ALLOWED if at_terminal else rules.is_set_on_the_page(agency)
    return holds(person, Capability.SET_AGENCY_SIGN_IN) & rules.has_people(agency) & where


def can_remove_agency_sign_in(person: User, agency: Agency) -> Verdict:
    return holds(person, Capability.REMOVE_AGENCY_SIGN_IN) & rules.may_remove_agency_sign_in(agency)
