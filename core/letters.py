"""The kinds of letters: what each is called, and whether it can wait for the letter of the day, with the reason.

One table for all apps, so that whoever adds a letter says both; a test holds it to the templates that there are.
A letter that holds a secret, brings a file, or is about today never waits, whatever its kind (``core.mail.post``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a letter is called in a list, whether it can wait until 07:30 of the next day, and why."""

    title: str
    waits: bool
    why: str


DIGEST = "core/letter_of_the_day"

_ACCOUNT = "Somebody may have to act on their own account at once."
_OPENS = "Nothing opens to the person before it."
_CONCERN = "A child may be at risk: it goes at once, whatever was chosen."
_TOLD = "It tells what was done. Nothing is lost by reading it the next morning."
_DUE = "A due date is days away, and it is read before that day's work. On the last two days it goes at once."
_REPORT = "The report waits for the person, and others wait for them."

KINDS: dict[str, Kind] = {
    "accounts/account_letter": Kind("About an account", False, _ACCOUNT),
    "accounts/address_claimed": Kind("An account was claimed", False, _ACCOUNT),
    "accounts/anchor_of_record": Kind(
        "Anchor of the record", False, "It is kept apart, as a letter of its own."
    ),
    "accounts/email_change_asked": Kind("Another address was asked for", False, _ACCOUNT),
    "accounts/office_changed": Kind(
        "An office changes", False, "A mistake is caught the same day."
    ),
    "accounts/office_holder_invited": Kind("Invitation to an office", False, _OPENS),
    "accounts/office_taken_by_link": Kind("An office was taken", False, _ACCOUNT),
    "accounts/recovery_code_used": Kind("A recovery code was used", False, _ACCOUNT),
    "accounts/second_factor_reset": Kind("A second proof was reset", False, _ACCOUNT),
    "accounts/session_moved": Kind("Signed in from another network", False, _ACCOUNT),
    "concerns/concern_decided": Kind("A concern is decided on", False, _CONCERN),
    "concerns/concern_unconfirmed": Kind("A concern is not confirmed", False, _CONCERN),
    "concerns/concern_undecided": Kind("A concern is not decided on", False, _CONCERN),
    "concerns/concern_waits": Kind("A concern waits", False, _CONCERN),
    DIGEST: Kind("Letter of the day", False, "It is what the others waited for."),
    "evaluations/nobody_left_to_write": Kind(
        "Nobody writes a question", False, "The return may be due the same day."
    ),
    "evaluations/parts_given": Kind("Questions were given out", True, _TOLD),
    "evaluations/parts_taken_back": Kind("Questions were taken back", True, _TOLD),
    "evaluations/self_evaluation_submitted": Kind("The self-evaluation is received", True, _TOLD),
    "inspections/asked_to_confirm": Kind("Somebody waits to be confirmed", False, _OPENS),
    "inspections/asked_to_declare": Kind("Asked to declare interests", False, _OPENS),
    "inspections/dates_changed": Kind(
        "Dates have changed",
        True,
        "A new date can be read the next morning, but where a date within five working days moves: then it goes at once.",
    ),
    "inspections/interest_decided": Kind("A declared interest is decided on", False, _OPENS),
    "inspections/interest_declared": Kind("An interest was declared", False, _OPENS),
    "inspections/joined_by_code": Kind("Joined by a code", False, _ACCOUNT),
    "inspections/joined_by_link": Kind("Joined by an invitation", False, _ACCOUNT),
    "inspections/last_day_near": Kind(
        "A last day is near", True, "It is a week away when the letter is written."
    ),
    "inspections/office_handed_over": Kind(
        "An office was handed over", False, "The work is theirs from the same day."
    ),
    "inspections/partnership_notified": Kind(
        "Notification of the partnership", False, "It begins the inspection."
    ),
    "inspections/person_invited": Kind("Invitation", False, _OPENS),
    "inspections/stand_in_named": Kind(
        "A stand-in was named", False, "The work may be theirs from the same day."
    ),
    "inspections/step_due": Kind("A date is near", True, _DUE),
    "inspections/step_overdue": Kind(
        "A date has gone by", False, "It is late already, and is not made later."
    ),
    "inspections/team_changed": Kind(
        "The team changes", False, "A mistake is caught the same day."
    ),
    "meetings/meeting_record_proposed": Kind("A record waits to be confirmed", True, _TOLD),
    "reports/comments_returned": Kind("Comments on the draft", True, _TOLD),
    "reports/draft_issued": Kind("The draft report", False, _REPORT),
    "reports/publication_held": Kind("Publication is held back", False, _REPORT),
    "reports/publication_scheduled": Kind("Publication is scheduled", True, _TOLD),
    "reports/report_published": Kind(
        "The report is published",
        False,
        "It is public from that moment, and people are asked about it.",
    ),
    "reports/report_sent_back": Kind("The panel sent the report back", False, _REPORT),
    "reports/report_sent_to_panel": Kind("The report is before the panel", False, _REPORT),
    "retention/subject_access_pack_made": Kind(
        "What is held about a person", False, "It can be opened for some days only."
    ),
    "workspace/problem_reported": Kind(
        "A problem was reported", False, "Whoever reported it waits for an answer."
    ),
}


def title_of(template: str) -> str:
    """What a letter of this template is called; one that is not in the table any more by its own name."""
    found = KINDS.get(template)
    return found.title if found else template.rpartition("/")[2].replace("_", " ").capitalize()
