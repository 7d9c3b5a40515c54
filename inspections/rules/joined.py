"""Who confirms that they know somebody who joined by a code."""

from __future__ import annotations

from accounts.models import User
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections import queries
from inspections.models import Inspection, Membership


def may_confirm_joined(membership: Membership, *, by: User) -> Verdict:
    """A second person, who neither brought them here nor read out the code, while nothing shows that the address is theirs."""
    person = membership.person
    return (
        waits_to_be_confirmed(membership)
        & require(person.pk != by.pk, "Nobody confirms themselves. Ask somebody who knows you.")
        & require(
            by.pk not in queries.brought_by(membership),
            f"You brought {person} here, or made a code for them. Somebody else confirms that they know {person}: "
            "the inspection lead, the programme manager or the service manager.",
        )
    )


def waits_to_be_confirmed(membership: Membership) -> Verdict:
    """Whether there is anything to confirm: of what was confirmed already, by whom and when."""
    person = membership.person
    if membership.confirmed_by and membership.confirmed_at:
        day = day_in_words(membership.confirmed_at)
        return refuse(f"{membership.confirmed_by} confirmed on {day} that they know {person}.")
    return require(
        queries.waits_for_proof(membership),
        f"Nothing of {person} waits to be confirmed: their address is proved, or their part is over.",
    )


def is_known_here(inspection: Inspection, *, person: User) -> Verdict:
    """Who joined by a code says nothing here in their own name before it is known that it is them."""
    if not queries.where_unproved(person).filter(pk=inspection.pk).exists():
        return ALLOWED
    return refuse(
        "You joined by a code. Open the link in the letter that went to your address, or have yourself confirmed by "
        "somebody who knows you, before you say anything here."
    )
