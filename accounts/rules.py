"""What circumstance allows about accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from accounts import ties
from accounts.enums import INSPECTORATES, AgencyKind
from accounts.holdings import roles_anywhere
from accounts.models import Agency, AgencySignIn, Office, OfficeInvitation, User
from accounts.models.agency_sign_in import issuer_and_secret
from accounts.models.sent_invitation import SentInvitation
from accounts.roles import INCOMPATIBLE, PROGRAMME_ROLES, SECOND_FACTOR, Role
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require

KINDS_THAT_COME_WITH_THE_PRODUCT = (*INSPECTORATES, AgencyKind.SYSTEM)
TAKEN_BY_THE_WAY_IN = "openid_connect"
THE_CLOCK = "This is the system's own user, which nobody signs in as."


def may_give_office(person: User, *, role: Role) -> Verdict:
    """An office goes to somebody of the Care Inspectorate who can sign in and holds nothing that is incompatible with it."""
    return (
        may_be_given_offices(person)
        & office_comes_from(person.agency, name=person.name, role=role)
        & _is_free_for(person, role)
    )


def may_be_given_offices(person: User) -> Verdict:
    """An office needs somebody who can sign in and has no part on an inspection."""
    return (
        is_person(person)
        & require(
            person.is_active, f"{person}'s account is closed. Open it again, then give the office."
        )
        & ties.may_hold_office(person)
    )


def account_is_open(person: User) -> Verdict:
    """Nothing is given to somebody who cannot sign in."""
    return require(
        person.is_active,
        f"{person}'s account is closed. Choose somebody else, or ask a programme manager to open it again first.",
    )


def is_person(person: User) -> Verdict:
    """The clock is a user of the system and nobody: it holds no office, and its account stays as it is."""
    is_system = person.agency is not None and person.agency.kind == AgencyKind.SYSTEM
    return require(not is_system, THE_CLOCK)


def office_comes_from(agency: Agency | None, *, name: str, role: Role) -> Verdict:
    """The offices of the programme are the Care Inspectorate's (ADR 13)."""
    if agency is None:
        return refuse(
            f"{name} belongs to no agency yet. Move them to the Care Inspectorate first: the {words_of(role)} comes from there."
        )
    return require(
        agency.kind == AgencyKind.CARE_INSPECTORATE,
        f"{name} belongs to {agency}. The {words_of(role)} comes from the Care Inspectorate.",
    )


def words_of(role: Role) -> str:
    """The role inside a sentence: only its first letter changes, since it may hold a name."""
    return role.label[:1].lower() + role.label[1:]


def _is_free_for(person: User, role: Role) -> Verdict:
    held = {Role(one) for one in person.offices.values_list("role", flat=True)}
    if role in held:
        return refuse(f"{person} is {words_of(role)} already.")
    for other in sorted(held):
        if why := INCOMPATIBLE.get(frozenset({role, other})):
            return refuse(
                f"{person} is {words_of(other)}, and cannot be {words_of(role)} as well. {why} End that office first."
            )
    return ALLOWED


def may_end_office(office: Office) -> Verdict:
    """The programme always has somebody who runs it: its last manager who can sign in stays until there is another."""
    return require(
        office.role != Role.PROGRAMME_MANAGER or _another_manager(office.person),
        f"{office.person} is the only programme manager. Give that office to somebody else first.",
    )


def _another_manager(person: User) -> bool:
    others = Office.objects.filter(role=Role.PROGRAMME_MANAGER, person__is_active=True)
    return others.exclude(person=person).exists()


def may_move_person(person: User, *, agency: Agency) -> Verdict:
    """Somebody moves when nothing that they do depends on the agency they leave."""
    offices = [Role(role) for role in person.offices.values_list("role", flat=True)]
    for role in offices:
        if agency.kind != AgencyKind.CARE_INSPECTORATE:
            return refuse(
                f"{person} is {words_of(role)}, which comes from the Care Inspectorate. End that office first."
            )
    return (
        may_leave_agency(person)
        & require(agency.kind != AgencyKind.SYSTEM, THE_CLOCK)
        & require(person.agency_id != agency.pk, f"{person} belongs to {agency} already.")
    )


def may_leave_agency(person: User) -> Verdict:
    """Parts were given to somebody of that agency: they are ended before the person moves."""
    return is_person(person) & ties.may_move(person)


def may_close_account(person: User, *, by: User) -> Verdict:
    """An account is closed by somebody else, while the programme keeps a manager and no inspection loses its lead."""
    return (
        is_person(person)
        & require(person.is_active, f"{person}'s account is closed already.")
        & require(
            person.pk != by.pk,
            "Nobody closes their own account. Ask another programme manager to close it.",
        )
        & require(
            not person.offices.filter(role=Role.PROGRAMME_MANAGER).exists()
            or _another_manager(person),
            f"{person} is the only programme manager. Give that office to somebody else first.",
        )
        & ties.may_close(person)
    )


def may_reopen_account(person: User) -> Verdict:
    """Only a closed account is opened again. Parts and offices that ended stay ended."""
    return is_person(person) & require(not person.is_active, f"{person}'s account is open already.")


def may_invite_office_holder(*, email: str, name: str, role: Role, agency: Agency) -> Verdict:
    """Somebody is invited to an office that they may hold. An open invitation is sent again, not doubled."""
    if role not in PROGRAMME_ROLES:
        return refuse(f"The {words_of(role)} works on one inspection, and is invited there.")
    if OfficeInvitation.objects.filter(
        email=email, role=role, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).exists():
        return refuse(
            f"{email} is already invited as {words_of(role)}. Send that invitation again instead."
        )
    person = User.objects.filter(email=email).select_related("agency").first()
    if person:
        return may_give_office(person, role=role)
    return office_comes_from(agency, name=name, role=role)


def may_resend_office_invitation(invitation: OfficeInvitation) -> Verdict:
    """What was used or withdrawn is not sent again."""
    return require(
        not invitation.accepted_at, f"{invitation.name} has accepted already."
    ) & require(
        not invitation.withdrawn_at,
        f"The invitation of {invitation.name} was withdrawn. Invite them anew.",
    )


def may_withdraw_office_invitation(invitation: OfficeInvitation) -> Verdict:
    """An invitation is withdrawn once, and not after it was used: then the office is ended."""
    return require(
        not invitation.accepted_at,
        f"{invitation.name} has accepted already. End the office on their page instead.",
    ) & require(
        not invitation.withdrawn_at, f"The invitation of {invitation.name} is withdrawn already."
    )


def invitation_is_for(invitation: SentInvitation, person: User | None) -> Verdict:
    """For the person whose address it was sent to, and for nobody who has the link besides; None is somebody without an account."""
    return require(
        person is None or person.email == invitation.email,
        f"This invitation is for {invitation.email}.",
    )


LINK_OPENS_NOTHING = (
    "This link opens no invitation. Where a newer letter has come, its link is the right one; where the link stood on two lines "
    "of the letter, copy both into the address. Else ask whoever invited you to send it again."
)


def may_accept_office_invitation(invitation: OfficeInvitation, *, now: datetime) -> Verdict:
    """An invitation is used once, in time, while nothing that the person does meanwhile stands against the office."""
    if invitation.accepted_at:
        return refuse(
            "This invitation has been used. Sign in with your e-mail address and password."
        )
    if invitation.withdrawn_at:
        return refuse(
            f"This invitation was withdrawn on {day_in_words(invitation.withdrawn_at)}. "
            f"Ask {invitation.invited_by} if you think that is a mistake."
        )
    if invitation.has_expired(now):
        return refuse(
            f"This invitation ran out on {day_in_words(invitation.expires_at)}. "
            f"Ask {invitation.invited_by} to send it again."
        )
    person = User.objects.filter(email=invitation.email).select_related("agency").first()
    return may_give_office(person, role=Role(invitation.role)) if person else ALLOWED


def may_add_agency(*, name: str, kind: str) -> Verdict:
    """An agency has a name of its own. The inspectorates are four, and come with the product."""
    if kind in KINDS_THAT_COME_WITH_THE_PRODUCT:
        return refuse(f"There is one {AgencyKind(kind).label}, and it is here already.")
    return _name_is_free(name)


def may_rename_agency(agency: Agency, *, name: str) -> Verdict:
    """A new name is one that no other agency has. Letters that were sent keep the old one."""
    return (
        keeps_no_fixed_name(agency)
        & require(agency.name != name, f"It is called {name} already.")
        & _name_is_free(name, but=agency)
    )


def keeps_no_fixed_name(agency: Agency) -> Verdict:
    """The inspectorates come with the product, which knows them by name."""
    return require(
        agency.kind not in KINDS_THAT_COME_WITH_THE_PRODUCT,
        f"{agency} comes with the product and keeps its name.",
    )


def may_set_agency_sign_in(
    agency: Agency, *, key: str, server_url: str, domains: Sequence[str]
) -> Verdict:
    """Each agency has one sign-in, and each sign-in a key of its own, by which its secret is found. It answers for named domains.

    A secret is for the server that gave it: under its key no other is named.
    """
    issuer, _ = issuer_and_secret(key)
    others = AgencySignIn.objects.filter(key=key).exclude(agency=agency).select_related("agency")
    taken = others.first()
    return (
        has_people(agency)
        & require(
            key != TAKEN_BY_THE_WAY_IN,
            f"{TAKEN_BY_THE_WAY_IN} is the word for all such sign-ins. Choose another key.",
            about="key",
        )
        & require(not taken, f"{taken and taken.agency} has that key. Choose another.", about="key")
        & require(
            not issuer or issuer == server_url.rstrip("/"),
            f"The secret under the key {key} is for another server. Write the address of that server, or choose another key; "
            "whoever operates this service says which secret is for which server.",
            about="key",
        )
        & require(
            any(one.strip() for one in domains),
            "Write at least one domain: the agency answers for addresses in the domains that you name, and for no others.",
            about="domains",
        )
    )


def is_set_on_the_page(agency: Agency) -> Verdict:
    """An inspectorate's people read what must be well guarded. So no one person moves the place where they prove who they are:
    it needs the terminal and the environment, which the programme manager has not.
    """
    return require(
        agency.kind not in INSPECTORATES,
        f"Whoever operates this service sets the sign-in of {agency}, at the terminal (manage.py set_agency_sign_in): "
        "its people read evidence, and nobody alone may say where they prove who they are.",
    )


def has_people(agency: Agency) -> Verdict:
    """Nobody signs in as the system itself."""
    return require(agency.kind != AgencyKind.SYSTEM, THE_CLOCK)


def may_remove_agency_sign_in(agency: Agency) -> Verdict:
    """There has to be one."""
    return require(
        AgencySignIn.objects.filter(agency=agency).exists(),
        f"{agency} has no sign-in of its own.",
    )


def _name_is_free(name: str, *, but: Agency | None = None) -> Verdict:
    others = Agency.objects.exclude(pk=but.pk) if but else Agency.objects.all()
    return require(
        not others.filter(name__iexact=name).exists(), f"There is an agency called {name} already."
    )


def may_edit_details(person: User, *, by: User) -> Verdict:
    """Everybody keeps their own details, and nobody another's."""
    return require(person.pk == by.pk, "Only the person edits their own details.")


def may_choose_letters(person: User, *, by: User) -> Verdict:
    """Everybody says how their own letters come, and nobody how another's do."""
    return require(person.pk == by.pk, "Only the person says how their own letters come.")


def may_go_without_second_factor(person: User) -> Verdict:
    """Whoever reads evidence, letters or drafts gives a second proof at sign-in. The example's people try things out without."""
    if person.is_example or not settings.SECOND_FACTOR_REQUIRED:
        return ALLOWED
    roles = [Role(role).label for role in Role if role in roles_anywhere(person) & SECOND_FACTOR]
    return require(
        not roles,
        f"{_as_role(roles)} you read what must be well guarded. Set up a passkey or a code app, then go on.",
    )


def _as_role(labels: list[str]) -> str:
    """``As chief officer``: the first of somebody's roles says enough."""
    label = labels[0] if labels else ""
    return f"As {label[:1].lower()}{label[1:]}"


def may_end_session(session: UserSession, *, by: User) -> Verdict:
    """Everybody ends their own sessions, and nobody another's."""
    return require(session.user_id == by.pk, "Only the person ends their own sessions.")


def may_end_other_sessions(person: User, *, by: User) -> Verdict:
    """As for one of them."""
    return require(person.pk == by.pk, "Only the person ends their own sessions.")


def may_reset_second_factor(person: User, *, by: User) -> Verdict:
    """Never one's own: a thief with an open session would do just that. And only where there is something to reset."""
    return require(
        person.pk != by.pk,
        "Nobody resets their own second proof. Ask another support officer or a programme manager.",
    ) & require(
        Authenticator.objects.filter(user=person).exists(),
        f"{person.name} has no second proof: they sign in with the password and set one up.",
    )
