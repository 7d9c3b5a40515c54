"""The one report of an inspection, and the panel's decision on what follows a weak evaluation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspections.enums import Stand
from inspections.models import Inspection
from reports.enums import REPORT_MOVES, SEEN_BY_PARTNERSHIP, WRITTEN_IN, ReportState


class Report(models.Model):
    """From the first draft to publication. Moved from state to state by actions only; its texts are rows of their own."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="report")
    state = models.CharField(max_length=30, choices=ReportState, default=ReportState.DRAFTING)
    state_since = models.DateTimeField()
    wording_key = models.CharField(max_length=20, default="2019")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(help_text="When its words last changed.")
    panel_note = models.TextField(blank=True, help_text="Why the panel last sent it back.")
    draft_issued_at = models.DateTimeField(null=True, blank=True)
    comments_due_on = models.DateField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    publish_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReportState.PUBLISHED, published_at__isnull=False)
                | (~models.Q(state=ReportState.PUBLISHED) & models.Q(published_at__isnull=True)),
                name="report_published_at_once_published",
                violation_error_message="A report says when it was published once it is, and not before.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[ReportState.SCHEDULED, ReportState.PUBLISHED])
                | models.Q(publish_at__isnull=False),
                name="report_scheduled_has_its_moment",
                violation_error_message="A scheduled report has the moment of its publication.",
            ),
        ]

    def __str__(self) -> str:
        return f"Report on {self.inspection}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.inspection.reference])

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return REPORT_MOVES[ReportState(self.state)]

    @property
    def is_written(self) -> bool:
        """Whether its words may change: in drafting, and while comments on facts are being answered."""
        return self.state in WRITTEN_IN

    @property
    def is_seen_by_partnership(self) -> bool:
        """Whether the draft was issued (R46)."""
        return self.state in SEEN_BY_PARTNERSHIP

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED


class FollowUpDecision(models.Model):
    """What the panel decided after a weak or unsatisfactory evaluation (R43): one current row, every version kept."""

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, related_name="follow_up_decision"
    )
    progress_review = models.BooleanField("A progress review will follow")
    timescale = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress_review=False) | ~models.Q(timescale=""),
                name="follow_up_review_has_a_timescale",
                violation_error_message="A progress review has a timescale, which the report states (E8).",
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up of {self.report.inspection.reference}"
