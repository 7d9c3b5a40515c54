"""Who: a capability of one of the person's offices, then the rule."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import ALLOWED, Verdict, refuse
from documents.holders import Holder
from documents.models import Document
from inspections.models import Inspection
from inspections.permissions import has
from retention import rules
from retention.models import DisposalItem, DisposalList, Proceedings, SubjectAccessPack


def can_see_keeping(person: User) -> Verdict:
    return has(person, None, Capability.SEE_KEEPING)


def can_place_legal_hold(person: User, inspection: Inspection) -> Verdict:
    return has(person, None, Capability.PLACE_LEGAL_HOLD) & rules.may_place_legal_hold(inspection)


def can_lift_legal_hold(person: User, inspection: Inspection) -> Verdict:
    return has(person, None, Capability.LIFT_LEGAL_HOLD) & rules.may_lift_legal_hold(inspection)


def can_record_submission(person: User, inspection: Inspection) -> Verdict:
    return has(person, None, Capability.RECORD_PROCEEDINGS) & rules.may_record_submission(
        inspection
    )


def can_record_proceedings(person: User, inspection: Inspection) -> Verdict:
    return has(person, None, Capability.RECORD_PROCEEDINGS) & rules.may_record_proceedings(
        inspection
    )


def can_end_proceedings(person: User, proceedings: Proceedings) -> Verdict:
    return has(person, None, Capability.RECORD_PROCEEDINGS) & rules.may_end_proceedings(proceedings)


def can_approve_disposal(person: User, disposal_list: DisposalList, *, on: date) -> Verdict:
    return has(person, None, Capability.APPROVE_DISPOSAL) & rules.may_approve_disposal(
        disposal_list, on=on
    )


def can_decide_on_list(person: User, disposal_list: DisposalList) -> Verdict:
    return has(person, None, Capability.APPROVE_DISPOSAL) & rules.may_decide_on_list(disposal_list)


def can_spare_item(person: User, item: DisposalItem) -> Verdict:
    return has(person, None, Capability.APPROVE_DISPOSAL) & rules.may_spare_item(item)


def can_make_subject_access_pack(person: User) -> Verdict:
    return has(person, None, Capability.MAKE_SUBJECT_ACCESS_PACK)


def can_see_pack(person: User, pack: SubjectAccessPack) -> Verdict:
    """Whoever it is about, and whoever made it while they still make packs; nobody else, whatever their office."""
    if person.pk == pack.person_id:
        return ALLOWED
    if person.pk == pack.made_by_id:
        return has(person, None, Capability.MAKE_SUBJECT_ACCESS_PACK)
    return refuse("A pack is read by the person it is about and by whoever made it.")


def _nobody_adds(person: User, holder_id: str) -> Verdict:
    return refuse("The system makes this by itself.")


def _list(holder_id: str) -> DisposalList | None:
    rows = DisposalList.objects.select_related("inspection")
    return rows.filter(pk=holder_id).first() if holder_id.isdecimal() else None


def _may_see_certificate(person: User, holder_id: str) -> Verdict:
    return can_see_keeping(person) if _list(holder_id) else refuse(Capability.SEE_KEEPING.value)


def _certificate_title(holder_id: str) -> str:
    found = _list(holder_id)
    return f"the disposal list {found.reference}" if found else "a disposal list"


def _certificate_url(holder_id: str) -> str:
    found = _list(holder_id)
    return found.get_absolute_url() if found else reverse("retention:keeping")


def _certificate_inspection(holder_id: str) -> str:
    found = _list(holder_id)
    return found.inspection.reference if found and found.inspection else ""


CERTIFICATES = Holder(
    may_see=_may_see_certificate,
    may_add=_nobody_adds,
    title=_certificate_title,
    url=_certificate_url,
    inspection=_certificate_inspection,
)


def _pack(holder_id: str) -> SubjectAccessPack | None:
    rows = SubjectAccessPack.objects.filter(pk=holder_id) if holder_id.isdecimal() else None
    return rows.first() if rows is not None else None


def _may_see_pack(person: User, holder_id: str) -> Verdict:
    found = _pack(holder_id)
    return can_see_pack(person, found) if found else refuse("There is no such pack.")


def _may_read_pack(person: User, document: Document) -> Verdict:
    found = _pack(document.holder_id)
    if found is None or not found.is_open(timezone.localdate()):
        return refuse("The last day of this pack has gone by.")
    return can_see_pack(person, found)


PACKS = Holder(
    may_see=_may_see_pack,
    may_add=_nobody_adds,
    title=lambda holder_id: "a subject-access pack",
    url=lambda holder_id: reverse("retention:subject-access-pack", args=[holder_id]),
    may_read=_may_read_pack,
)
