"""When something may be held back, destroyed or collected. Every sentence here is what the user reads."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.words import counted
from inspections.models import Inspection
from retention import queries
from retention.enums import DisposalState
from retention.models import DisposalItem, DisposalList, LegalHold, Proceedings
from retention.queries import AHEAD, Closing

LONGEST_SPARED = 366  # days: what is taken off a list is looked at again within a year
LONGEST_PACK = 92  # days: a pack is read within three months


def may_place_legal_hold(inspection: Inspection) -> Verdict:
    """One hold stands at a time."""
    hold = LegalHold.objects.standing().filter(inspection=inspection).first()
    return require(
        hold is None,
        f"This inspection is held since {day_in_words(hold.placed_at)}." if hold else "Held.",
    )


def may_lift_legal_hold(inspection: Inspection) -> Verdict:
    """A hold that stands can be lifted."""
    return require(
        LegalHold.objects.standing().filter(inspection=inspection).exists(),
        "No legal hold stands on this inspection.",
    )


def may_record_submission(inspection: Inspection) -> Verdict:
    """R52: the year begins with submission where that is last. A plan that was withdrawn has no report."""
    closing = queries.closing_of(inspection)
    return require(
        closing.withdrawn_on is None,
        "This plan was withdrawn, so no report of it went to Ministers.",
        source="R52",
    )


def may_be_submitted_on(day: date, *, on: date) -> Verdict:
    """A submission on record has taken place."""
    return require(
        day <= on,
        f"{day_in_words(day)} is still to come. Record the submission on its day or later.",
        about="submitted_on",
    )


def may_record_proceedings(inspection: Inspection) -> Verdict:
    """Connected proceedings may begin at any time; while they run, nothing of the inspection goes (R52)."""
    return ALLOWED


def may_end_proceedings(proceedings: Proceedings) -> Verdict:
    """Proceedings are finally determined once."""
    return require(
        proceedings.is_open,
        f"These proceedings were determined on {day_in_words(proceedings.determined_on)}."
        if proceedings.determined_on
        else "These proceedings have ended.",
        source="R52",
    )


def may_be_determined_on(day: date, *, on: date) -> Verdict:
    """A determination on record has taken place."""
    return require(
        day <= on,
        f"{day_in_words(day)} is still to come. Record the determination on its day or later.",
        about="determined_on",
    )


def may_dispose_of(closing: Closing, *, on: date) -> Verdict:
    """R52: from four weeks before a year after submission, publication and proceedings; never under a legal hold."""
    if closing.hold:
        return refuse(
            f"A legal hold stands since {day_in_words(closing.hold.placed_at)}. Nothing goes until it is lifted."
        )
    if closing.open_proceedings:
        return refuse(
            f"{counted(closing.open_proceedings, 'connected case has,connected cases have').capitalize()} "
            "not been finally determined, so the year has not begun.",
            source="R52",
        )
    day = closing.disposal_on
    if day is None:
        return refuse("The report is not published yet, so the year has not begun.", source="R52")
    return require(
        on >= day - AHEAD,
        f"What was obtained must be gone by {day_in_words(day)}. A list is proposed from {day_in_words(day - AHEAD)}.",
        source="R52",
    )


def may_decide_on_list(disposal_list: DisposalList) -> Verdict:
    """While a list waits, things can be taken off it, and it can be approved."""
    return require(
        disposal_list.state == DisposalState.PROPOSED,
        f"The list {disposal_list.reference} stands at “{disposal_list.get_state_display().lower()}”.",
    )


def may_approve_disposal(disposal_list: DisposalList, *, on: date) -> Verdict:
    """A list that waits, of an inspection that is still due, with something on it."""
    waits = may_decide_on_list(disposal_list)
    if not waits:
        return waits
    due = ALLOWED
    if disposal_list.inspection:
        due = may_dispose_of(queries.closing_of(disposal_list.inspection), on=on)
    return due & require(
        disposal_list.items.going().exists(),
        "Everything was taken off this list, so there is nothing to approve.",
    )


def list_stands_as_seen(disposal_list: DisposalList, *, seen: str) -> Verdict:
    """Nobody approves what they have not seen."""
    return require(
        queries.digest_of(disposal_list) == seen,
        "The list has changed since this page was opened. Look at it again, then approve it.",
    )


def may_spare_item(item: DisposalItem) -> Verdict:
    """Until the list is approved, anything can be taken off it, once."""
    return may_decide_on_list(item.disposal_list) & require(
        item.look_again_on is None, "This was taken off the list already."
    )


def may_spare_until(day: date, *, on: date) -> Verdict:
    """What is taken off is looked at again, within a year."""
    if day <= on:
        return refuse("Choose a day after today.", about="look_again_on")
    return require(
        (day - on).days <= LONGEST_SPARED,
        "Choose a day within a year. What must be kept longer needs a legal hold.",
        about="look_again_on",
    )


def may_make_subject_access_pack(person: User | None) -> Verdict:
    """Only about somebody who has or had an account here."""
    return require(
        person is not None,
        "Nobody here has this e-mail address. Check how it is spelt, or ask the person which one they were invited by.",
        about="email",
    )


def may_be_read_until(day: date, *, on: date) -> Verdict:
    """A pack is there long enough to be read, and no longer than three months."""
    if day < on:
        return refuse("Choose today or a later day.", about="last_on")
    return require(
        (day - on).days <= LONGEST_PACK, "Choose a day within three months.", about="last_on"
    )
