"""What may be put on record of what was sent or said outside."""

from __future__ import annotations

from datetime import date

from core.dates import day_in_words
from core.verdicts import Verdict, require
from inspections.models import CorrespondenceEntry


def may_record_correspondence(day: date, *, on: date) -> Verdict:
    """Only what has happened is put on record."""
    return require(
        day <= on,
        f"{day_in_words(day)} is still to come. Put on record what has happened, up to today.",
        about="happened_on",
    )


def may_correct_correspondence(entry: CorrespondenceEntry) -> Verdict:
    """What was corrected once is not corrected again: its correction is."""
    return require(
        not CorrespondenceEntry.objects.filter(corrects=entry).exists(),
        "This was corrected already. Correct the newer entry instead.",
    )
