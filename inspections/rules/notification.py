"""What must hold before the letters go to the five addressees."""

from __future__ import annotations

from datetime import date

from accounts.roles import Role
from core.dates import day_in_words
from core.pdf import INSTALL, missing_library
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections import gates, queries
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership
from inspections.rules.inspection import may_begin_on


def may_name_addressees(inspection: Inspection) -> Verdict:
    """Addressees are named before the letter goes; afterwards the letters are a record."""
    if inspection.state == InspectionState.WITHDRAWN:
        return refuse("This plan was withdrawn; no letter goes.")
    return require(
        inspection.state == InspectionState.PLANNED,
        "The letters have been sent. What they said is kept as it was sent.",
    )


def addressees_stand_as_seen(inspection: Inspection, *, digest: str) -> Verdict:
    """Nothing is overwritten unseen: what somebody else saved meanwhile is shown first."""
    if digest == queries.addressees_digest(inspection):
        return ALLOWED
    now = "; ".join(
        f"{addressee}: {addressee.name or 'no name'}, {addressee.email or 'no e-mail address'}"
        for addressee in inspection.addressees.all()
    )
    return refuse(
        f"Somebody saved the addressees after you opened this page. They say now: {now}. "
        "What you typed stands below and is not saved yet: change it where theirs is right, and save again."
    )


def five_addressees_named(inspection: Inspection) -> Verdict:
    """R13: the notification goes to all five addressee roles; none may be blank."""
    blank = [str(addressee) for addressee in inspection.addressees.all() if addressee.is_blank]
    return require(
        not blank,
        f"These addressees have no name or no e-mail address yet: {'; '.join(blank)}.",
        source="R13",
    )


def contacts_for_the_letter(inspection: Inspection) -> Verdict:
    """R14: the letter carries the contact details of the lead and the support officer."""
    people = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER)
        .select_related("person")
    )
    silent = [m.person.name for m in people if not m.person.telephone]
    return require(
        not silent,
        f"The letter carries the telephone number of the lead and of the support officer. Missing: {', '.join(silent)}.",
        source="R14",
    )


def ministers_asked(inspection: Inspection) -> Verdict:
    """R1: a ministerial request and an approved timetable on record before notification. It warns."""
    return require(
        inspection.requested_on and inspection.timetable_approved_on,
        "The ministerial request or the approval of the timetable is not on record.",
        source="R1",
    )


def letters_can_be_drawn() -> Verdict:
    """The letters go as PDF. Where none can be made all five wait, and go by themselves once it can. It warns.

    It does not hold the gate: nothing is sent by halves, and the worker that draws may be another machine than this one.
    """
    library = missing_library()
    return require(
        not library,
        f"The letters cannot be drawn here yet: the system library {library} is missing. All five wait, none goes alone, "
        "and they go by themselves within two minutes of its installation. "
        f"On Debian or Ubuntu run `{INSTALL}`.",
    )


def may_notify_partnership(inspection: Inspection, *, on: date) -> Verdict:
    """A planned inspection whose gate is open, on a working day of a week that counts."""
    if inspection.state == InspectionState.WITHDRAWN:
        return refuse("This plan was withdrawn; no letter goes.")
    if inspection.state != InspectionState.PLANNED:
        return refuse(
            f"The partnership of {inspection.area} was notified on {day_in_words(inspection.notified_on)}."
        )
    return gates.may_pass(inspection) & may_begin_on(inspection.area, on)
