"""An invitation to an office of the programme. The link's secret is kept only as its hash."""

from __future__ import annotations

from django.db import models

from accounts.models.sent_invitation import SentInvitation
from accounts.roles import PROGRAMME_ROLES, Role


class OfficeInvitation(SentInvitation):
    """To one office of the programme."""

    role = models.CharField(
        max_length=40, choices=[(r.value, r.label) for r in sorted(PROGRAMME_ROLES)]
    )

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="office_invitation_open_once",
                violation_error_message="This person is already invited to this office. Send the invitation again instead.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="office_invitation_accepted_at_has_its_by",
                violation_error_message="An accepted invitation says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="office_invitation_withdrawn_at_has_its_by",
                violation_error_message="A withdrawn invitation says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="office_invitation_ends_one_way",
                violation_error_message="An invitation is accepted or withdrawn, not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} as {Role(self.role).label}"
