"""What this app posts: that a concern waits, with the way to it. What it says, and whom it is about, stands in no letter."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from concerns import queries
from concerns.models import Concern
from core.mail import post
from core.words import listed


def concern_waits(concern: Concern, *, to: User, key: str) -> None:
    """Somebody has to look at a concern, or at what was added to it. One a person and ``key``."""
    _post("concerns/concern_waits", concern, to=to, key=f"{key}:{to.pk}")


def concern_undecided(concern: Concern, *, to: User) -> None:
    """The day is over, and nobody has decided. One a person."""
    _post("concerns/concern_undecided", concern, to=to, key=f"undecided:{to.pk}")


def concern_unconfirmed(concern: Concern, *, to: User) -> None:
    """The day is over, and nobody of the partnership has confirmed that what was referred has arrived. One a person."""
    names = listed([one.name for one in queries.named_lead(concern.inspection)])
    _post(
        "concerns/concern_unconfirmed", concern, to=to, key=f"unconfirmed:{to.pk}", receivers=names
    )


def concern_decided(concern: Concern) -> None:
    """To whoever raised it: it is decided. What was decided stands in the product."""
    _post("concerns/concern_decided", concern, to=concern.raised_by, key="decided")


def _post(template: str, concern: Concern, *, to: User, key: str, **context: str) -> None:
    inspection = concern.inspection
    post(
        template=template,
        to=to.email,
        context={
            "inspection": inspection,
            "to": to,
            "link": settings.SITE_URL
            + reverse("concerns:concern", args=[inspection.reference, concern.number]),
            **context,
        },
        key=f"concern:{concern.pk}:{key}",
        subject_reference=inspection.reference,
    )
