"""From what is due to the certificate that it is gone: proposed by the clock, approved by a person, destroyed by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User, system_user
from audit.record import record
from core import disposal
from core.dates import day_in_words
from core.jobs import NotYet, each, enqueue
from core.references import next_reference
from core.words import counted
from documents.actions.documents import keep_generated
from documents.models import Document
from inspections.actions.steps import complete_step_by_deed
from inspections.models import Inspection
from retention import permissions, queries, rules
from retention.enums import DisposalState
from retention.models import DisposalItem, DisposalList
from retention.queries import Due

BATCH = (
    100  # rows in one transaction: short enough to let others write, and to lose little when killed
)
INSTALLATION_WITHIN = timedelta(days=28)


# ---------- Proposing ----------


@transaction.atomic
def propose_disposal(
    inspection: Inspection | None, *, due_on: date, rows: list[Due], at: datetime
) -> DisposalList:
    """A list stands of what is due to go. Nothing is destroyed yet, and nothing of its contents is on the list."""
    proposed = DisposalList.objects.create(
        reference=next_reference("DL", timezone.localdate(at).year),
        inspection=inspection,
        due_on=due_on,
        proposed_at=at,
    )
    _add(proposed, rows)
    record(
        "retention.disposal_proposed",
        by=system_user(),
        at=at,
        subject=proposed,
        inspection=inspection,
        list=proposed.reference,
        count=queries.going_words(proposed),
        on=day_in_words(due_on),
    )
    return proposed


@transaction.atomic
def drop_disposal(disposal_list: DisposalList, *, at: datetime) -> DisposalList:
    """A list on which nothing is left is closed."""
    dropped = DisposalList.objects.select_for_update().get(pk=disposal_list.pk)
    if dropped.state == DisposalState.PROPOSED:
        dropped.state = DisposalState.DROPPED
        dropped.save()
        record(
            "retention.disposal_dropped",
            by=system_user(),
            at=at,
            subject=dropped,
            inspection=dropped.inspection,
            list=dropped.reference,
        )
    return dropped


def look_for_due(*, at: datetime) -> list[DisposalList]:
    """Propose what has fallen due, and keep lists that wait as things stand now. The lists that are new.

    Each inspection on its own, and what belongs to none last: a fault in one holds up no other.
    """
    today = timezone.localdate(at)
    due: list[tuple[Inspection | None, date]] = [
        (closing.inspection, closing.disposal_on)
        for closing in queries.closings(queries.ended())
        if closing.disposal_on and rules.may_dispose_of(closing, on=today)
    ]
    due.append((None, today + INSTALLATION_WITHIN))
    new: list[DisposalList | None] = []
    each(due, lambda one: new.append(_look_at(one[0], due_on=one[1], at=at)))
    return [found for found in new if found]


def _look_at(inspection: Inspection | None, *, due_on: date, at: datetime) -> DisposalList | None:
    waiting = DisposalList.objects.open().filter(inspection=inspection).first()
    if waiting and waiting.state == DisposalState.APPROVED:
        return None
    rows = list(queries.due_rows(inspection, on=timezone.localdate(at), now=at))
    if waiting:
        _bring_up_to_date(waiting, rows, due_on=due_on if inspection else waiting.due_on, at=at)
        return None
    return propose_disposal(inspection, due_on=due_on, rows=rows, at=at) if rows else None


def _bring_up_to_date(
    disposal_list: DisposalList, rows: list[Due], *, due_on: date, at: datetime
) -> None:
    """What is new joins a list that waits; what is gone by itself leaves it."""
    with transaction.atomic():
        kept = DisposalList.objects.select_for_update().get(pk=disposal_list.pk)
        if kept.state != DisposalState.PROPOSED:
            return
        if kept.due_on != due_on:
            kept.due_on = due_on
            kept.save()
        known = {
            (kind, row): pk for pk, kind, row in kept.items.values_list("pk", "kind", "row_id")
        }
        wanted = {(row.kind, row.row_id) for row in rows}
        gone = [pk for key, pk in known.items() if key not in wanted]
        kept.items.going().filter(pk__in=gone).delete()
        _add(kept, [row for row in rows if (row.kind, row.row_id) not in known])
    if not kept.items.exists():
        drop_disposal(kept, at=at)


def _add(disposal_list: DisposalList, rows: list[Due]) -> None:
    DisposalItem.objects.bulk_create(
        (
            DisposalItem(
                disposal_list=disposal_list,
                kind=row.kind,
                row_id=row.row_id,
                title=row.title,
                size=row.size,
                sha256=row.sha256,
            )
            for row in rows
        ),
        batch_size=500,
    )


# ---------- A person decides ----------


@transaction.atomic
def spare_item(
    item: DisposalItem, *, look_again_on: date, reason: str, by: User, at: datetime
) -> DisposalItem:
    """This one stays until that day, for this reason; then it is proposed again."""
    disposal_list = DisposalList.objects.select_for_update().get(pk=item.disposal_list_id)
    item = DisposalItem.objects.select_for_update().get(pk=item.pk)
    item.disposal_list = disposal_list
    permissions.can_spare_item(by, item).enforce()
    rules.may_spare_until(look_again_on, on=timezone.localdate(at)).enforce()
    item.look_again_on, item.spared_because = look_again_on, reason
    item.spared_at, item.spared_by = at, by
    item.save()
    record(
        "retention.item_spared",
        by=by,
        at=at,
        subject=item,
        inspection=disposal_list.inspection,
        list=disposal_list.reference,
        what=counted(1, queries.words_of(item.kind)),
        until=day_in_words(look_again_on),
        reason=reason,
    )
    return item


@transaction.atomic
def approve_disposal(
    disposal_list: DisposalList, *, seen: str, by: User, at: datetime
) -> DisposalList:
    """What stands on the list, as it was seen, is destroyed by the worker from now on. It cannot be taken back."""
    approved = DisposalList.objects.select_for_update().get(pk=disposal_list.pk)
    permissions.can_approve_disposal(by, approved, on=timezone.localdate(at)).enforce()
    rules.list_stands_as_seen(approved, seen=seen).enforce()
    approved.state, approved.approved_at, approved.approved_by = DisposalState.APPROVED, at, by
    approved.save()
    record(
        "retention.disposal_approved",
        by=by,
        at=at,
        subject=approved,
        inspection=approved.inspection,
        list=approved.reference,
        count=queries.going_words(approved),
    )
    enqueue("retention.dispose", key=str(approved.pk), now=at, disposal_list=approved.pk)
    return approved


# ---------- The worker destroys ----------


def dispose(
    disposal_list: DisposalList, *, at: datetime, heartbeat: Callable[[], None]
) -> DisposalList:
    """Destroy what was approved, batch by batch, and finish the list. Killed in between, it goes on where it stopped."""
    while _dispose_batch(disposal_list, at=at, heartbeat=heartbeat):
        continue
    return finish_disposal(disposal_list, at=at)


@transaction.atomic
def _dispose_batch(
    disposal_list: DisposalList, *, at: datetime, heartbeat: Callable[[], None]
) -> int:
    """One transaction: the files and rows of a batch, and the mark that they are gone. How many things it took."""
    heartbeat()
    # The inspection's row first, as a hold is placed and proceedings are recorded: whoever comes second sees what the first did.
    inspection = None
    if disposal_list.inspection_id:
        inspection = Inspection.objects.select_for_update().get(pk=disposal_list.inspection_id)
    current = DisposalList.objects.select_for_update().get(pk=disposal_list.pk)
    if current.state != DisposalState.APPROVED:
        return 0
    if inspection:
        verdict = rules.may_dispose_of(queries.closing_of(inspection), on=timezone.localdate(at))
        if not verdict:  # a hold, proceedings or a later date came after the approval
            raise NotYet(verdict.sentence)
    left = current.items.going().filter(disposed_at__isnull=True)
    kinds = set(left.order_by().values_list("kind", flat=True).distinct())
    how = next((one for one in disposal.disposals() if one.kind in kinds), None)
    if how is None:
        return 0
    batch = list(left.filter(kind=how.kind).order_by("pk")[:BATCH])
    if inspection is None:
        _lock_inspections_of(how, batch)
    rows = queries.due(how, inspection, now=at).filter(pk__in=[item.row_id for item in batch])
    going = {str(pk) for pk in rows.values_list("pk", flat=True)}
    there = how.model._base_manager.filter(pk__in=[item.row_id for item in batch])
    back = {str(pk) for pk in there.values_list("pk", flat=True)} - going
    how.how(how, rows)
    # What has come back into use since it was approved (an account, say) or is held back stays, and the list does not claim it.
    left.filter(pk__in=[item.pk for item in batch if item.row_id in back]).delete()
    left.filter(pk__in=[item.pk for item in batch]).update(disposed_at=at)
    # Titles go on earlier lists too, from which it was taken off for a time.
    everywhere = DisposalItem.objects.filter(kind=how.kind, row_id__in=going)
    everywhere.update(title="")
    current.items.filter(pk__in=[item.pk for item in batch]).update(title="")
    return len(batch)


def _lock_inspections_of(how: disposal.Disposal, batch: list[DisposalItem]) -> None:
    """A hold that is placed on one of them at this moment comes before the batch, or after it."""
    if how.inspection:
        there = how.model._base_manager.filter(pk__in=[item.row_id for item in batch])
        references = there.order_by().values(how.inspection)
        found = Inspection.objects.filter(reference__in=references).order_by("pk")
        list(found.select_for_update().values_list("pk", flat=True))


@transaction.atomic
def finish_disposal(disposal_list: DisposalList, *, at: datetime) -> DisposalList:
    """Everything approved is gone: earlier versions without a row go too, the record says so, and a certificate is drawn."""
    finished = (
        DisposalList.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=disposal_list.pk)
    )
    if finished.state != DisposalState.APPROVED:
        return finished
    if finished.inspection:
        for how in disposal.disposals():
            disposal.forget_orphans(how, finished.inspection.reference)
        complete_step_by_deed(finished.inspection, key="disposal_due", by=system_user(), at=at)
    event = record(
        "retention.disposal_finished",
        by=system_user(),
        at=at,
        subject=finished,
        inspection=finished.inspection,
        list=finished.reference,
        count=queries.going_words(finished),
        files=counted(queries.files_of(finished).count(), "file,files"),
    )
    finished.state, finished.finished_at = DisposalState.DISPOSED, at
    finished.anchor_number, finished.anchor_hash = event.number, event.hash
    finished.save()
    enqueue("retention.draw_certificate", key=str(finished.pk), now=at, disposal_list=finished.pk)
    return finished


@transaction.atomic
def keep_certificate(disposal_list: DisposalList, *, pdf: bytes, at: datetime) -> Document:
    """The drawn certificate is kept for good. Safe to repeat."""
    kept = (
        DisposalList.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=disposal_list.pk)
    )
    if kept.document is None:
        kept.document = keep_generated(
            pdf,
            name=f"{kept.reference} certificate of destruction.pdf",
            holder_type="retention.disposallist",  # spared for good, so that it is on no list itself
            holder_id=kept.pk,
            inspection=kept.inspection.reference if kept.inspection else "",
            by=system_user(),
            at=at,
        )
        kept.save()
    return kept.document
