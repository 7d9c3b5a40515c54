"""Recording evidence and revising it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.record import record
from core.versions import Newer, SavedMeanwhile, enforce_newest
from documents.models import Document
from evaluations import permissions, rules
from evaluations.enums import Direction, SourceType
from evaluations.models import EvidenceItem, Indicator, Question
from inspections.models import Inspection

A_MOMENT = timedelta(minutes=10)  # within it the same from another window is a second click


@transaction.atomic
def record_evidence(
    inspection: Inspection,
    *,
    source_type: SourceType | str,
    activity: str,
    text: str,
    direction: Direction | str,
    indicators: Iterable[Indicator],
    questions: Iterable[Question],
    documents: Iterable[Document] = (),
    opening: UUID | None = None,
    by: User,
    at: datetime,
) -> EvidenceItem:
    """One passage is on record under the next number of its inspection, linked to indicators and questions (R39).

    ``opening`` is the page from which it comes. Sent once more, however much later, it is the passage that is there;
    so is what another window sends that is alike in every word and link within a moment.
    Raises ``SavedMeanwhile``, with nothing changed, when what is sent from that page reads otherwise by now.
    """
    # Whoever waits here sees below what the one before them recorded.
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    links = list(indicators), list(questions)
    permissions.can_record_evidence(by, inspection).enforce()
    rules.evidence_is_linked(*links).enforce()
    words = {
        "source_type": source_type, "activity": activity, "text": text, "direction": direction,
    }  # fmt: skip
    documents = list(documents)
    if opening and (
        there := _recorded_already(opening, inspection, words, (*links, documents), by=by, at=at)
    ):
        return there
    last = EvidenceItem.objects.of(inspection).aggregate(last=Max("number"))["last"] or 0
    item = EvidenceItem(
        inspection=inspection,
        number=last + 1,
        **words,
        opening=opening,
        author=by,
        recorded_at=at,
    )
    _save(item, links, documents, by=by)
    record(
        "evaluations.evidence_recorded",
        by=by,
        at=at,
        subject=item,
        inspection=inspection,
        evidence=item.reference,
        source=item.get_source_type_display(),
    )
    return item


@transaction.atomic
def revise_evidence(
    item: EvidenceItem,
    *,
    based_on: int,
    source_type: SourceType | str,
    activity: str,
    text: str,
    direction: Direction | str,
    indicators: Iterable[Indicator],
    questions: Iterable[Question],
    documents: Iterable[Document] = (),
    by: User,
    at: datetime,
) -> EvidenceItem:
    """The passage reads as given, under the next version number; the one before is kept.

    ``based_on`` is the version that the writer had before them. Raises ``SavedMeanwhile``, with nothing changed, when
    somebody has saved another since. Saving what is there already changes nothing.
    """
    item = (
        EvidenceItem.objects.select_for_update(of=("self",))
        .select_related("inspection", "author")
        .get(pk=item.pk)
    )
    links = list(indicators), list(questions)
    permissions.can_revise_evidence(by, item).enforce()
    rules.evidence_is_linked(*links).enforce()
    words = {
        "source_type": source_type, "activity": activity, "text": text, "direction": direction,
    }  # fmt: skip
    documents = list(documents)
    if _says(item, words, (*links, documents)):
        return item
    enforce_newest(item, based_on=based_on, by=by)
    for name, value in words.items():
        setattr(item, name, value)
    item.version, item.revised_at, item.revised_by = item.version + 1, at, by
    _save(item, links, documents, by=by)
    record(
        "evaluations.evidence_revised",
        by=by,
        at=at,
        subject=item,
        inspection=item.inspection,
        evidence=item.reference,
        version=item.version,
    )
    return item


def _recorded_already(
    opening: UUID,
    inspection: Inspection,
    words: dict[str, str],
    links: tuple[list[Indicator], list[Question], list[Document]],
    *,
    by: User,
    at: datetime,
) -> EvidenceItem | None:
    """What this person recorded from that page; or from another window a moment ago, alike in every word and link."""
    mine = (
        EvidenceItem.objects.of(inspection)
        .filter(author=by)
        .select_related("inspection", "author", "revised_by")
        .prefetch_related("indicators", "questions", "documents")
    )
    if there := mine.filter(opening=opening).first():
        if not _says(there, words, links):
            raise SavedMeanwhile(Newer(there, by))
        return there
    alike = mine.filter(recorded_at__gte=at - A_MOMENT, **words).order_by("number")
    return next((one for one in alike if _says(one, words, links)), None)


def _says(
    item: EvidenceItem,
    words: dict[str, str],
    links: tuple[list[Indicator], list[Question], list[Document]],
) -> bool:
    """Whether the passage reads so already, with the same links."""
    kept = [
        {row.pk for row in manager.all()}
        for manager in (item.indicators, item.questions, item.documents)
    ]
    given = [
        {row.pk for row in links[0]},
        {row.pk for row in links[1]},
        {row.pk for row in links[2]},
    ]
    return kept == given and all(getattr(item, name) == said for name, said in words.items())


def _save(
    item: EvidenceItem,
    links: tuple[list[Indicator], list[Question]],
    documents: Iterable[Document],
    *,
    by: User,
) -> None:
    """Row and links first, then one kept version that holds both."""
    item.full_clean()
    item.save_without_historical_record()  # type: ignore[attr-defined]  # simple_history adds it
    # Each link would otherwise be a version of its own.
    item.skip_history_when_saving = True  # type: ignore[attr-defined]  # simple_history reads it
    item.indicators.set(links[0])
    item.questions.set(links[1])
    item.documents.set(documents)
    del item.skip_history_when_saving  # type: ignore[attr-defined]  # simple_history reads it
    item._history_user = by  # type: ignore[attr-defined]  # simple_history reads it
    item.save()
