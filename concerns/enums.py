"""States and moves of a concern, and what the lead decides on it."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand


class ConcernState(models.TextChoices):
    """Where one concern stands."""

    RAISED = "raised", "Waits for the decision"
    REFERRED = "referred", "Referred, not yet confirmed"
    ACKNOWLEDGED = "acknowledged", "With the partnership"
    NOT_REFERRED = "not_referred", "Not referred"
    CLOSED = "closed", "Closed"


class Referral(models.TextChoices):
    """What the inspection lead decides."""

    REFER = "refer", "Refer it"
    NOT = "not", "Do not refer it"


CONCERN_MOVES: dict[ConcernState, Stand] = {
    ConcernState.RAISED: Stand(
        "Inspection lead",
        "Nothing",
        {
            "decide_concern to refer it": ConcernState.REFERRED,
            "decide_concern not to refer it": ConcernState.NOT_REFERRED,
        },
    ),
    ConcernState.REFERRED: Stand(
        "Lead member of staff for concerns",
        "Referred, not yet confirmed",
        {"acknowledge_concern": ConcernState.ACKNOWLEDGED},
    ),
    ConcernState.ACKNOWLEDGED: Stand(
        "Lead member of staff for concerns",
        "With the partnership",
        {"close_concern": ConcernState.CLOSED},
    ),
    ConcernState.NOT_REFERRED: Stand("nobody", "Nothing", {}),
    ConcernState.CLOSED: Stand("nobody", "Closed", {}),
}
OPEN = (ConcernState.RAISED, ConcernState.REFERRED, ConcernState.ACKNOWLEDGED)
WITH_PARTNERSHIP = (ConcernState.REFERRED, ConcernState.ACKNOWLEDGED, ConcernState.CLOSED)
AFTER_REFERRAL = {Referral.REFER: ConcernState.REFERRED, Referral.NOT: ConcernState.NOT_REFERRED}
