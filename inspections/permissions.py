"""Who: a capability of one of the person's roles here, then the rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.queries import offices_of
from accounts.roles import (
    PARTNERSHIP_ROLES,
    TEAM_ROLES,
    Capability,
    Role,
    granted,
    roles_granting,
)
from core.memo import asked_once
from core.verdicts import ALLOWED, Verdict, refuse, require
from documents.holders import Holder
from inspections import queries, rules
from inspections.models import (
    CalendarFeed,
    CorrespondenceEntry,
    Declaration,
    Inspection,
    Invitation,
    Leave,
    Membership,
    SharedInbox,
    StandIn,
    Step,
)


def roles_of(person: User, inspection: Inspection | None) -> frozenset[Role]:
    """The roles a person holds today: offices of the programme, and parts of this inspection, their own or another's whose
    stand-in they are. Asked once a page."""
    if inspection is None:
        return offices_of(person)
    return offices_of(person) | {part.role for part in _parts_of(person, inspection)}


@dataclass(frozen=True, slots=True)
class Part:
    """One part in an inspection that a person plays today, and whose it is."""

    role: Role
    holder_id: int
    holder: str


def _parts_of(person: User, inspection: Inspection) -> list[Part]:
    """Their own and those they stand in for. Asked once a page."""

    def ask() -> list[Part]:
        played = Membership.objects.open_to(person).filter(inspection=inspection)
        rows = played.values_list("role", "person_id", "person__name")
        return [Part(Role(role), holder_id, holder) for role, holder_id, holder in rows]

    return asked_once(("parts", person.pk, inspection.pk), ask)


def stands_in_for(person: User, inspection: Inspection) -> list[Part]:
    """The parts of others that this person plays today."""
    return [part for part in _parts_of(person, inspection) if part.holder_id != person.pk]


def roles_held(person: User) -> frozenset[Role]:
    """The roles a person plays today on any inspection, as themselves or as a stand-in, open to them or not: whoever plays one
    sets up their second proof first."""
    return _roles(Membership.objects.played_by(person))


def roles_beside(person: User, other: User) -> frozenset[Role]:
    """The roles that are open to a person today on the inspections on which another person works too.

    A part counts once it is open to the other, who declared their interests or accepted an invitation: nobody makes
    somebody a colleague by naming them.
    """
    accepted = Invitation.objects.filter(
        accepted_by=other, inspection=OuterRef("inspection"), role=OuterRef("role")
    )
    open_to_them = Membership.objects.open_to(other)
    theirs = open_to_them.exclude(Q(named_by=person) & ~Exists(accepted)).order_by()
    held = Membership.objects.open_to(person).filter(inspection__in=theirs.values("inspection"))
    return _roles(held)


def _roles(held: QuerySet[Membership]) -> frozenset[Role]:
    return frozenset(Role(role) for role in held.order_by().values_list("role", flat=True))


def has(person: User, inspection: Inspection | None, capability: Capability) -> Verdict:
    """Whether one of the person's roles grants it. The refusal is the capability's own sentence."""
    return require(granted(capability, roles_of(person, inspection)), capability.value)


def is_partnership(person: User, inspection: Inspection) -> bool:
    """Whether this person sees the partnership's side of the inspection."""
    roles = roles_of(person, inspection)
    return bool(roles & PARTNERSHIP_ROLES) and not roles & TEAM_ROLES


def is_of_the_team(person: User, inspection: Inspection) -> bool:
    """Whether this person has a part in the team, or stands in for one, that is open to them."""
    return bool(roles_of(person, inspection) & TEAM_ROLES)


def can_plan_inspection(person: User) -> Verdict:
    return has(person, None, Capability.PLAN_INSPECTION)


def can_edit_reference_data(person: User) -> Verdict:
    return has(person, None, Capability.EDIT_REFERENCE_DATA)


def can_add_school_holiday_week(person: User) -> Verdict:
    return can_edit_reference_data(person)


def can_change_areas_of_agency(person: User) -> Verdict:
    return has(person, None, Capability.CHANGE_AREAS_OF_AGENCY)


def can_change_plan(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.CHANGE_PLAN) & rules.may_change_plan(inspection)


def can_withdraw_plan(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.WITHDRAW_PLAN) & rules.may_withdraw_plan(inspection)


def can_see_team_rooms(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_TEAM_ROOMS)


def can_see_letters(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_LETTERS)


def can_see_log(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_LOG)


def can_see_correspondence(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_CORRESPONDENCE)


def correspondence_open_to(person: User, inspection: Inspection) -> queries.Correspondence:
    """R36: letters of concerns are shown to those alone who open every concern. The partnership sees what went to its own side,
    and nothing that the team put on record."""
    return queries.Correspondence(
        inspection,
        side=queries.PARTNERSHIP if is_partnership(person, inspection) else "",
        with_concerns=bool(has(person, inspection, Capability.SEE_CONCERNS)),
        with_entries=bool(has(person, inspection, Capability.RECORD_CORRESPONDENCE)),
    )


def can_record_correspondence(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.RECORD_CORRESPONDENCE)


def can_correct_correspondence(person: User, entry: CorrespondenceEntry) -> Verdict:
    return can_record_correspondence(person, entry.inspection) & rules.may_correct_correspondence(
        entry
    )


def can_look_back(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.LOOK_BACK)


def can_name_team_member(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.NAME_TEAM_MEMBER)


def can_end_team_member(person: User, membership: Membership) -> Verdict:
    inspection = membership.inspection
    verdict = has(person, inspection, Capability.END_TEAM_MEMBER)
    if verdict and is_partnership(person, inspection):
        verdict = rules.is_ended_by_the_partnership(membership, by=person)
    return verdict & rules.may_end_team_member(membership)


def sets_last_days(person: User, membership: Membership) -> Verdict:
    """Whether parts of this kind last as this person says: a co-ordinator says so of the partnership's readers."""
    inspection = membership.inspection
    verdict = has(person, inspection, Capability.CHANGE_LAST_DAY)
    if verdict and is_partnership(person, inspection):
        verdict = rules.partnership_sets_last_day(membership)
    return verdict


def can_change_last_day(person: User, membership: Membership, *, on: date) -> Verdict:
    return (
        sets_last_days(person, membership)
        & rules.somebody_else_sets_last_day(membership, by=person)
        & rules.may_have_another_last_day(membership, on=on)
    )


def can_add_shared_inbox(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.ADD_SHARED_INBOX)


def can_remove_shared_inbox(person: User, inbox: SharedInbox) -> Verdict:
    return has(person, inbox.inspection, Capability.ADD_SHARED_INBOX)


def names_offices(person: User, membership: Membership, capability: Capability) -> Verdict:
    """Whoever holds the office, and whoever names its holders: a co-ordinator those of the partnership."""
    inspection = membership.inspection
    if membership.person_id == person.pk:
        return ALLOWED
    verdict = has(person, inspection, capability)
    is_own_side = membership.role in PARTNERSHIP_ROLES or not is_partnership(person, inspection)
    return verdict & require(is_own_side, capability.value)


def can_hand_over_office(person: User, membership: Membership, *, on: date) -> Verdict:
    return names_offices(person, membership, Capability.HAND_OVER_OFFICE) & rules.may_leave_office(
        membership, on=on
    )


def can_name_stand_in(person: User, membership: Membership, *, on: date) -> Verdict:
    return names_offices(person, membership, Capability.NAME_STAND_IN) & rules.may_have_stand_in(
        membership, on=on
    )


def can_end_stand_in(person: User, stand_in: StandIn) -> Verdict:
    return names_offices(
        person, stand_in.membership, Capability.NAME_STAND_IN
    ) & rules.may_end_stand_in(stand_in)


def holds_somewhere(person: User, capability: Capability) -> Verdict:
    """Whether an office or a part on any inspection, one's own or another's whose stand-in one is, grants it today."""
    if granted(capability, offices_of(person)):
        return ALLOWED
    held = Membership.objects.open_to(person).in_role(*roles_granting(capability))
    return require(held.exists(), capability.value)


def can_declare_interest(person: User, inspection: Inspection) -> Verdict:
    """For oneself alone: the rule says who has to."""
    return rules.may_declare_interest(inspection, person=person)


def can_see_declarations(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.DECIDE_INTEREST)


def can_decide_interest(person: User, declaration: Declaration) -> Verdict:
    return has(
        person, declaration.inspection, Capability.DECIDE_INTEREST
    ) & rules.may_decide_interest(declaration, by=person)


def can_confirm_joined(person: User, membership: Membership) -> Verdict:
    return has(person, membership.inspection, Capability.CONFIRM_JOINED) & rules.may_confirm_joined(
        membership, by=person
    )


def can_see_who_is_free(person: User) -> Verdict:
    return holds_somewhere(person, Capability.SEE_WHO_IS_FREE)


def can_record_leave(person: User, of: User) -> Verdict:
    """One's own, and those of others whose team one plans: by office, or as support officer of a shared inspection."""
    is_kept = of.pk in leave_kept_by(person, [of])
    return require(is_kept, Capability.RECORD_LEAVE.value) & rules.may_keep_leave_of(of)


def leave_kept_by(person: User, people: Collection[User]) -> set[int]:
    """Of these people, by number, those whose days away this person keeps. At most two queries for all of them."""
    asked = {one.pk for one in people}
    if granted(Capability.RECORD_LEAVE, offices_of(person)) or asked <= {person.pk}:
        return asked
    mine = Membership.objects.open_to(person).in_role(*roles_granting(Capability.RECORD_LEAVE))
    teams = (
        Membership.objects.current()
        .in_role(*TEAM_ROLES)
        .filter(inspection__in=mine.order_by().values("inspection"))
    )
    theirs = queries.people_named_to(teams).filter(pk__in=asked)
    return set(theirs.values_list("pk", flat=True)) | (asked & {person.pk})


def can_change_leave(person: User, leave: Leave, *, on: date) -> Verdict:
    return can_record_leave(person, leave.person) & rules.may_change_leave(leave, on=on)


def can_remove_leave(person: User, leave: Leave, *, on: date) -> Verdict:
    return can_record_leave(person, leave.person) & rules.may_remove_leave(leave, on=on)


def can_name_addressees(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.NAME_ADDRESSEES) & rules.may_name_addressees(
        inspection
    )


def can_notify_partnership(person: User, inspection: Inspection, *, on: date) -> Verdict:
    return has(person, inspection, Capability.NOTIFY_PARTNERSHIP) & rules.may_notify_partnership(
        inspection, on=on
    )


def can_invite_person(
    person: User,
    inspection: Inspection,
    *,
    role: Role | None = None,
) -> Verdict:
    """At all, and in a role once it is chosen."""
    invited = roles_invited_by(person, inspection)
    if role is None:
        return require(bool(invited), Capability.INVITE_PERSON.value)
    needs = Capability.INVITE_TO_TEAM if role in TEAM_ROLES else Capability.INVITE_PERSON
    return require(role in invited, needs.value)


def can_resend_invitation(person: User, invitation: Invitation) -> Verdict:
    return _invites_as(person, invitation) & rules.may_resend_invitation(invitation)


def can_withdraw_invitation(person: User, invitation: Invitation) -> Verdict:
    return _invites_as(person, invitation) & rules.may_withdraw_invitation(invitation)


def can_make_joining_code(person: User, invitation: Invitation, *, now: datetime) -> Verdict:
    return (
        has(person, invitation.inspection, Capability.MAKE_JOINING_CODE)
        & _invites_as(person, invitation)
        & rules.may_make_joining_code(invitation, now=now)
    )


def _invites_as(person: User, invitation: Invitation) -> Verdict:
    """Whoever invites people in this role answers for their invitations, whoever sent them."""
    return can_invite_person(person, invitation.inspection, role=Role(invitation.role))


def roles_invited_by(person: User, inspection: Inspection) -> list[Role]:
    """A co-ordinator invites the partnership's people, the programme manager the team's, those who run an inspection both."""
    held = roles_of(person, inspection)
    invited: frozenset[Role] = frozenset()
    if granted(Capability.INVITE_PERSON, held):
        invited |= PARTNERSHIP_ROLES
    if granted(Capability.INVITE_TO_TEAM, held):
        invited |= TEAM_ROLES
    return [role for role in Role if role in invited]


def can_complete_step(person: User, step: Step, *, on: date) -> Verdict:
    return has(person, step.inspection, Capability.COMPLETE_STEP) & rules.may_complete_step(
        step, on=on
    )


def can_move_step(person: User, step: Step) -> Verdict:
    return has(person, step.inspection, Capability.MOVE_STEP) & rules.may_move_step(
        step, starts_on=step.starts_on, ends_on=step.ends_on
    )


def can_close_days(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.REPLAN) & rules.may_replan(inspection)


def can_add_week(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.REPLAN) & rules.may_replan(inspection)


def can_add_election(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.REPLAN) & rules.may_replan(inspection)


def can_make_feed(person: User, inspection: Inspection | None) -> Verdict:
    return rules.may_make_feed(person, inspection)


def can_revoke_feed(person: User, feed: CalendarFeed) -> Verdict:
    return rules.may_revoke_feed(person, feed)


def can_open_next_phase(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.OPEN_NEXT_PHASE) & rules.may_open_next_phase(
        inspection
    )


def _inspection_of(person: User, holder_id: str) -> Inspection | None:
    return (
        Inspection.objects.visible_to(person).filter(pk=holder_id).first()
        if holder_id.isdecimal()
        else None
    )


def _may_see_letters(person: User, holder_id: str) -> Verdict:
    inspection = _inspection_of(person, holder_id)
    if inspection is None:
        return refuse(Capability.SEE_INSPECTION.value)
    return can_see_letters(person, inspection)


def _nobody_adds(person: User, holder_id: str) -> Verdict:
    return refuse("Letters are made by the system when they are sent.")


def _letters_url(holder_id: str) -> str:
    return reverse("inspections:letters", args=[Inspection.objects.get(pk=holder_id).reference])


def _reference_of(holder_id: str) -> str:
    return Inspection.objects.get(pk=holder_id).reference


LETTERS = Holder(
    may_see=_may_see_letters,
    may_add=_nobody_adds,
    title=lambda holder_id: "the notification letters",
    url=_letters_url,
    inspection=_reference_of,
)
