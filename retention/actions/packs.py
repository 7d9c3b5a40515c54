"""Collecting what is held about a person, for that person."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User, system_user
from audit.record import record
from core.jobs import enqueue
from documents.actions.documents import keep_generated
from documents.models import Document
from retention import emails, permissions, queries, rules
from retention.models import SubjectAccessPack


@transaction.atomic
def make_subject_access_pack(
    person: User, *, request: str, last_on: date, by: User, at: datetime
) -> SubjectAccessPack:
    """The worker collects it; the person and whoever asked for it may read it until the last day.

    Asked for again, from a second tab say, it is the one that is made already.
    """
    permissions.can_make_subject_access_pack(by).enforce()
    rules.may_make_subject_access_pack(person).enforce()
    rules.may_be_read_until(last_on, on=timezone.localdate(at)).enforce()
    User.objects.select_for_update().get(pk=person.pk)  # of two clicks at once the second waits
    made = queries.same_pack(person, request=request, last_on=last_on, by=by)
    if made:
        return made
    pack = SubjectAccessPack.objects.create(
        person=person, request=request, last_on=last_on, made_at=at, made_by=by
    )
    record(
        "retention.subject_access_pack_made",
        by=by,
        at=at,
        subject=pack,
        person=person.name,
        request=request,
    )
    enqueue("retention.collect_pack", key=str(pack.pk), now=at, pack=pack.pk)
    return pack


@transaction.atomic
def keep_pack(pack: SubjectAccessPack, *, archive: bytes, at: datetime) -> SubjectAccessPack:
    """Keep what the worker collected, and tell the person. Safe to repeat; one that was removed meanwhile stays removed."""
    found = SubjectAccessPack.objects.select_for_update(of=("self",)).select_related("person")
    kept = found.get(pk=pack.pk)
    if kept.document_id is None and kept.removed_at is None:
        kept.document = keep_generated(
            archive,
            name=f"Subject-access pack {kept.pk}.zip",
            holder_type="retention.subjectaccesspack",
            holder_id=kept.pk,
            inspection="",
            by=system_user(),
            at=at,
        )
        kept.save()
        emails.subject_access_pack_made(kept)
    return kept


@transaction.atomic
def remove_subject_access_pack(pack: SubjectAccessPack, *, at: datetime) -> SubjectAccessPack:
    """Its last day has gone by: the archive is destroyed, and the row says that there was one."""
    gone = (
        SubjectAccessPack.objects.select_for_update(of=("self",))
        .select_related("person", "document")
        .get(pk=pack.pk)
    )
    if gone.removed_at is not None or gone.last_on >= timezone.localdate(at):
        return gone
    document = gone.document
    gone.document, gone.removed_at = None, at
    gone.save()
    if document:
        default_storage.delete(str(document.file.name))
        Document.objects.filter(pk=document.pk).delete()
    record(
        "retention.subject_access_pack_removed",
        by=system_user(),
        at=at,
        subject=gone,
        person=gone.person.name,
        request=gone.request,
    )
    return gone
