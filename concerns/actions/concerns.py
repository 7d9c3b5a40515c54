"""Raising a concern, adding to it, deciding on it, confirming and closing it. The record holds its number alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from accounts.models import User, system_user
from audit.record import record
from concerns import emails, permissions, queries, rules
from concerns.enums import AFTER_REFERRAL, ConcernState, Referral
from concerns.models import Concern, ConcernDecision, ConcernNote
from core.jobs import enqueue
from inspections.models import Inspection


@transaction.atomic
def raise_concern(
    inspection: Inspection,
    *,
    is_immediate: bool,
    words: str,
    who: str,
    place: str,
    form_token: UUID,
    by: User,
    at: datetime,
) -> Concern:
    """The concern waits for the lead's decision under the next number, and the lead is told; of danger, the depute and the service
    manager too. The same form sent again is the concern that it was; sent again with other words it is another, so that no word
    is lost.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_raise_concern(by, inspection).enforce()
    if queries.raised_with(inspection, by=by, form_token=form_token):
        said = {"is_immediate": is_immediate, "words": words, "who": who, "place": place}
        if alike := inspection.concerns.filter(raised_by=by, **said).first():
            return alike
        form_token = uuid4()
    last = inspection.concerns.aggregate(last=Max("number"))["last"] or 0
    concern = Concern(
        inspection=inspection,
        number=last + 1,
        raised_by=by,
        raised_at=at,
        is_immediate=is_immediate,
        words=words,
        who=who,
        place=place,
        form_token=form_token,
    )
    concern.full_clean()
    concern.save()
    _tell(concern, ConcernState.RAISED, at=at)
    _record("concerns.concern_raised", concern, by=by, at=at)
    return concern


@transaction.atomic
def add_to_concern(
    concern: Concern, *, words: str, form_token: UUID, by: User, at: datetime
) -> ConcernNote:
    """The words stand below what was said before, under their own time. The same form sent again adds nothing, and with other
    words adds those."""
    concern = _locked(concern)
    permissions.can_add_to_concern(by, concern).enforce()
    if queries.added_with(concern, form_token=form_token):
        if alike := concern.notes.filter(words=words).first():
            return alike
        form_token = uuid4()
    note = ConcernNote.objects.create(
        concern=concern, words=words, added_at=at, added_by=by, form_token=form_token
    )
    _save(concern)
    _tell(concern, f"note:{note.pk}", at=at)
    _record("concerns.concern_added_to", concern, by=by, at=at)
    return note


@transaction.atomic
def decide_concern(
    concern: Concern, *, referral: Referral, reason: str, based_on: int, by: User, at: datetime
) -> Concern:
    """The decision stands, final. Referred, it is open to the partnership's lead for concerns, who is told; whoever raised it is
    told that it is decided."""
    concern = _locked(concern)
    permissions.can_decide_concern(by, concern).enforce()
    rules.concern_is_as_read(concern, based_on=based_on).enforce()
    rules.may_be_referred(concern, referral=referral).enforce()
    ConcernDecision.objects.create(
        concern=concern, referral=referral, reason=reason, decided_at=at, decided_by=by
    )
    concern.state, concern.reminded_at = AFTER_REFERRAL[Referral(referral)], None
    _save(concern, "state", "reminded_at")
    if concern.state == ConcernState.REFERRED:
        _tell(concern, ConcernState.REFERRED, at=at)
    if concern.raised_by_id != by.pk:
        emails.concern_decided(concern)
    _record("concerns.concern_decided", concern, by=by, at=at)
    return concern


@transaction.atomic
def acknowledge_concern(concern: Concern, *, by: User, at: datetime) -> Concern:
    """The partnership has it: whoever receives it has said so."""
    concern = _locked(concern)
    permissions.can_acknowledge_concern(by, concern).enforce()
    concern.state = ConcernState.ACKNOWLEDGED
    concern.acknowledged_at, concern.acknowledged_by = at, by
    _save(concern, "state", "acknowledged_at", "acknowledged_by")
    _record("concerns.concern_acknowledged", concern, by=by, at=at)
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, case_reference: str, by: User, at: datetime) -> Concern:
    """The concern has ended here: the local system has its case under this reference."""
    concern = _locked(concern)
    permissions.can_close_concern(by, concern).enforce()
    concern.state, concern.case_reference = ConcernState.CLOSED, case_reference
    concern.closed_at, concern.closed_by = at, by
    _save(concern, "state", "case_reference", "closed_at", "closed_by")
    _record("concerns.concern_closed", concern, by=by, at=at)
    return concern


@transaction.atomic
def remind_of_concern(concern: Concern, *, at: datetime) -> Concern:
    """The lead and the service manager hear that nobody has decided yet, or that nobody of the partnership has confirmed what was
    referred. Safe to repeat: once a concern and state.
    """
    concern = _locked(concern)
    if concern.reminded_at or concern.state not in queries.TO_BE_ANSWERED:
        return concern
    was_referred = concern.state == ConcernState.REFERRED
    concern.reminded_at = at
    concern.save(update_fields=["reminded_at"])
    people = queries.told_when_late(concern)
    for person in people:
        if was_referred:
            emails.concern_unconfirmed(concern, to=person)
        else:
            emails.concern_undecided(concern, to=person)
    record(
        "concerns.concern_reminded",
        by=system_user(),
        at=at,
        subject=concern,
        inspection=concern.inspection,
        concern=concern.reference,
        what="the partnership to confirm it" if was_referred else "the decision",
        people=", ".join(one.name for one in people) or "nobody",
    )
    return concern


def tell_of_concern(concern: Concern, *, letter: str) -> None:
    """Whoever has to act on a concern gets a letter without what it is. ``letter`` is the state that it waits in, or the words that
    were added; nobody is told of a state that it has left. Safe to repeat: one a person and letter.
    """
    if letter in ConcernState.values and letter != concern.state:
        return
    for person in queries.waits_with(concern):
        emails.concern_waits(concern, to=person, key=letter)


def _tell(concern: Concern, letter: str, *, at: datetime) -> None:
    enqueue(
        "concerns.tell_of_concern",
        key=f"{concern.pk}:{letter}",
        now=at,
        concern=concern.pk,
        letter=str(letter),
    )


def _locked(concern: Concern) -> Concern:
    return (
        Concern.objects.select_for_update(of=("self",))
        .select_related("inspection__area", "raised_by")
        .get(pk=concern.pk)
    )


def _save(concern: Concern, *fields: str) -> None:
    """These fields alone, so that what was said is never written again; and one version on."""
    concern.version += 1
    concern.save(update_fields=[*fields, "version"])


def _record(event: str, concern: Concern, *, by: User, at: datetime) -> None:
    record(
        event,
        by=by,
        at=at,
        subject=concern,
        inspection=concern.inspection,
        concern=concern.reference,
    )
