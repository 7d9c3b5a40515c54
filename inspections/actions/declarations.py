"""Declaring one's interests, and deciding on what somebody declared. The record never holds what it is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User, system_user
from accounts.roles import TEAM_ROLES, Role
from audit.record import record
from core.jobs import enqueue
from inspections import emails, permissions, queries, rules
from inspections.enums import InterestAnswer, InterestDecision
from inspections.models import Declaration, Inspection, Membership, StandIn


@transaction.atomic
def declare_interest(
    inspection: Inspection, *, answer: InterestAnswer, words: str, by: User, at: datetime
) -> Declaration:
    """What the person says now counts as what they declared. Nothing opens the inspection at once; on something those who
    decide are told, and what is open already stays open until they have.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_declare_interest(by, inspection).enforce()
    earlier = queries.declared_by(by, inspection)
    rules.is_said_anew(next(iter(earlier), None), answer=answer, words=words).enforce()
    declaration = Declaration.objects.create(
        inspection=inspection,
        person=by,
        declared_at=at,
        answer=answer,
        words=words,
        opens=rules.opens_at_once(earlier, answer=answer),
    )
    if declaration.waits:
        enqueue(
            "inspections.tell_of_interest",
            key=f"interest:{declaration.pk}",
            now=at,
            declaration=declaration.pk,
        )
    record(
        "inspections.interest_declared",
        by=by,
        at=at,
        subject=declaration,
        inspection=inspection,
        what="that there is no conflict of interest"
        if answer == InterestAnswer.NOTHING
        else "an interest",
    )
    return declaration


@transaction.atomic
def decide_interest(
    declaration: Declaration,
    *,
    decision: InterestDecision,
    terms: str,
    by: User,
    at: datetime,
) -> Declaration:
    """The inspection is open to the person, or open but for what the terms name, or closed to them whatever opened it before.

    The person is told that it is decided, and reads the decision after signing in.
    """
    inspection = Inspection.objects.select_for_update().get(pk=declaration.inspection_id)
    declaration = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("person", "decided_by")
        .get(pk=declaration.pk)
    )
    declaration.inspection = inspection
    permissions.can_decide_interest(by, declaration).enforce()
    rules.terms_are_said(decision, terms=terms).enforce()
    if decision == InterestDecision.NOT:
        Declaration.objects.of(declaration.person).filter(inspection=inspection).update(opens=False)
    declaration.decision, declaration.terms = decision, terms
    declaration.decided_at, declaration.decided_by = at, by
    declaration.opens = decision != InterestDecision.NOT
    declaration.save()
    emails.interest_decided(declaration)
    record(
        "inspections.interest_decided",
        by=by,
        at=at,
        subject=declaration,
        inspection=inspection,
        person=declaration.person.name,
        decision=decision.label.lower(),
    )
    return declaration


def tell_of_interest(declaration: Declaration) -> None:
    """Those who decide get a letter without what it is; nobody, once it is decided. Safe to repeat: one a person."""
    if declaration.waits:
        for decider in queries.deciders_of(declaration.inspection, but=declaration.person):
            emails.interest_declared(declaration, to=decider)


def ask_to_declare(
    inspection: Inspection, *, person: User, role: Role, key: str, starts_on: date | None = None
) -> None:
    """Whoever is named to the team is told so, and that the inspection opens once they have declared, for a stand-in not before
    their first day. Nobody who has."""
    opened = Declaration.objects.of(person).opening().filter(inspection=inspection)
    if role in TEAM_ROLES and not opened.exists():
        emails.asked_to_declare(inspection, to=person, role=role, key=key, starts_on=starts_on)


@transaction.atomic
def remind_to_declare(membership: Membership, *, at: datetime) -> Membership:
    """Somebody who was named days ago and has said nothing is asked once more. Safe to repeat: once a part."""
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "inspection__area")
        .get(pk=membership.pk)
    )
    inspection, person = membership.inspection, membership.person
    if (
        membership.reminded_at
        or membership.ended_at
        or Declaration.objects.of(person).filter(inspection=inspection).exists()
    ):
        return membership
    membership.reminded_at = at
    membership.save()
    emails.asked_to_declare(
        inspection, to=person, role=Role(membership.role), key=f"again:{membership.pk}"
    )
    _record_reminder(membership, inspection, person, Role(membership.role).label.lower(), at=at)
    return membership


@transaction.atomic
def remind_stand_in_to_declare(stand_in: StandIn, *, at: datetime) -> StandIn:
    """The same to somebody who was named as stand-in. Safe to repeat: once a person and inspection."""
    stand_in = (
        StandIn.objects.select_for_update(of=("self",))
        .select_related("person", "membership__inspection__area")
        .get(pk=stand_in.pk)
    )
    due = queries.stand_ins_to_be_reminded(timezone.localdate(at))
    if not due.filter(pk=stand_in.pk).exists():
        return stand_in
    stand_in.reminded_at = at
    stand_in.save()
    inspection, person = stand_in.membership.inspection, stand_in.person
    role = Role(stand_in.membership.role)
    emails.asked_to_declare(
        inspection,
        to=person,
        role=role,
        key=f"stand-in-again:{stand_in.pk}",
        starts_on=_ahead(stand_in, at),
    )
    _record_reminder(stand_in, inspection, person, f"stand-in {role.label.lower()}", at=at)
    return stand_in


def _record_reminder(
    subject: Membership | StandIn, inspection: Inspection, person: User, role: str, *, at: datetime
) -> None:
    record(
        "inspections.declaration_reminded",
        by=system_user(),
        at=at,
        subject=subject,
        inspection=inspection,
        person=person.name,
        role=role,
    )


def _ahead(stand_in: StandIn, at: datetime) -> date | None:
    """The first day of standing in, where it is still to come."""
    return stand_in.starts_on if stand_in.starts_on > timezone.localdate(at) else None
