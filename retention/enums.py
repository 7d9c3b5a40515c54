"""States and moves of a disposal list."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand


class DisposalState(models.TextChoices):
    """Where one list of what is due to go stands."""

    PROPOSED = "proposed", "Waiting for approval"
    APPROVED = "approved", "Being destroyed"
    DISPOSED = "disposed", "Destroyed"
    DROPPED = "dropped", "Nothing left to destroy"


DISPOSAL_MOVES: dict[DisposalState, Stand] = {
    DisposalState.PROPOSED: Stand(
        "Service manager",
        "Nothing",
        {
            "approve_disposal": DisposalState.APPROVED,
            "drop_disposal": DisposalState.DROPPED,
        },
    ),
    DisposalState.APPROVED: Stand(
        "the clock, which destroys what was approved",
        "Nothing",
        {"finish_disposal": DisposalState.DISPOSED},
    ),
    DisposalState.DISPOSED: Stand("nobody", "Nothing", {}),
    DisposalState.DROPPED: Stand("nobody", "Nothing", {}),
}
OPEN = (DisposalState.PROPOSED, DisposalState.APPROVED)
