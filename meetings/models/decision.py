"""What was decided at a meeting: who does what by when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.roles import Capability, roles_granting
from inspections.models import Membership
from meetings.models.meeting import Meeting


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def in_force(self) -> DecisionQuerySet:
        """Those that the record says: not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def open(self) -> DecisionQuerySet:
        """Those that are to be done."""
        return self.in_force().filter(done_at__isnull=True)

    def with_owner(self) -> DecisionQuerySet:
        """Each says as ``owner_is_here`` whether whoever sees to it still has a part by which they find it."""
        parts = (
            Membership.objects.current()
            .in_role(*roles_granting(Capability.SEE_MEETINGS))
            .filter(
                person=models.OuterRef("person"), inspection=models.OuterRef("meeting__inspection")
            )
        )
        return self.annotate(owner_is_here=models.Exists(parts.order_by()))


class Decision(models.Model):
    """One decision: its words, the person of either side who sees to it, and by which day.

    Until the record is settled it can be corrected, and withdrawn with a reason; the row and what it said before stay.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=500)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField("why it was withdrawn", max_length=300, blank=True)

    history = HistoricalRecords()
    objects = DecisionQuerySet.as_manager()
    owner_is_here: bool  # asked for by ``with_owner``

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="decision_done_at_has_its_by",
                violation_error_message="A decision that is done says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""
                )
                | models.Q(
                    withdrawn_at__isnull=False, withdrawn_by__isnull=False, done_at__isnull=True
                ),
                name="decision_withdrawn_at_has_its_by",
                violation_error_message="A decision that was withdrawn says when and by whom, and is not done.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def is_late(self, today: date) -> bool:
        """Whether its day has gone by undone."""
        return self.done_at is None and self.withdrawn_at is None and self.due_on < today
