"""Shared inboxes can be told, people sign."""

from __future__ import annotations

from accounts.models import Agency, User
from core.verdicts import Verdict, refuse, require
from inspections.enums import OVER, InspectionState
from inspections.models import Inspection, Invitation, SharedInbox
from inspections.rules.team import is_over

# What an address begins with that several people read. A person may still have such a one: they say so.
SHARED_NAMES = frozenset(
    {
        "admin",
        "contact",
        "enquiries",
        "enquiry",
        "hello",
        "inbox",
        "info",
        "inspection",
        "inspections",
        "mail",
        "mailbox",
        "noreply",
        "no-reply",
        "office",
        "post",
        "reception",
        "secretary",
        "support",
        "team",
    }
)


def looks_shared(email: str) -> bool:
    """Whether this address looks like one that several people read."""
    return email.partition("@")[0].strip().lower() in SHARED_NAMES


def is_a_persons_address(inspection: Inspection, *, email: str) -> Verdict:
    """Whoever joins signs with their own address: one that gets copies as a shared inbox is not a person's."""
    shared = SharedInbox.objects.told().filter(inspection=inspection, email=email).exists()
    return require(
        not shared,
        f"{email} is a shared inbox of this inspection: it is told, and people sign. "
        "Invite the person by an address of their own.",
        about="email",
    )


def may_add_shared_inbox(inspection: Inspection, *, email: str, agency: Agency) -> Verdict:
    """An address of an agency of the partnership that is nobody's own, from notification to the end."""
    if inspection.state == InspectionState.PLANNED:
        return refuse(
            "The partnership is told of the inspection when it is notified, and not before."
        )
    return (
        require(inspection.state not in OVER, f"{is_over(inspection)}.")
        & require(
            inspection.area.agencies.filter(pk=agency.pk).exists(),
            f"{agency} is not of the partnership of {inspection.area}. Choose one of its agencies.",
            about="agency",
        )
        & require(
            not User.objects.filter(email=email).exists(),
            f"{email} is the address with which somebody signs in. A shared inbox has an address of its own.",
            about="email",
        )
        & require(
            not Invitation.objects.open().filter(email=email).exists(),
            f"{email} is the address of somebody who is invited, and will sign in with it. A shared inbox has an address of its own.",
            about="email",
        )
        & require(
            not SharedInbox.objects.told().filter(inspection=inspection, email=email).exists(),
            f"{email} gets copies already.",
            about="email",
        )
    )


def may_remove_shared_inbox(inbox: SharedInbox) -> Verdict:
    """An address that was taken off is not taken off again."""
    return require(inbox.removed_at is None, f"{inbox.email} gets no copies any more.")
