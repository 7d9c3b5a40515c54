"""Comments of the partnership on facts in the draft, and what became of each (R47)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from reports.enums import ACCEPTED, CommentDecision
from reports.models.report import Report

if TYPE_CHECKING:
    from accounts.models import User


class FactComment(models.Model):
    """One comment on one paragraph. The paragraph's words are kept as they stood when the comment was made."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=60)
    paragraph = models.PositiveIntegerField()
    place = models.CharField(max_length=200)
    quoted = models.TextField()
    text = models.TextField()
    correction = models.TextField(blank=True)
    evidence = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    corrected_at = models.DateTimeField(
        null=True, blank=True
    )  # by whoever made it, and nobody else
    decision = models.CharField(max_length=10, choices=CommentDecision, blank=True)
    reason = models.TextField(blank=True)
    no_change_because = models.TextField(
        blank=True, help_text="Why an accepted comment changes no words of the report."
    )
    answered_on_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version of the text that stood at the answer."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["paragraph", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    decision="", decided_at__isnull=True, decided_by__isnull=True, reason=""
                )
                | (
                    ~models.Q(decision="")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="fact_comment_decided_with_reason",
                violation_error_message="A decision on a comment has its reason, its time and who decided (R47).",
            ),
            models.CheckConstraint(
                condition=models.Q(no_change_because="") | models.Q(decision__in=ACCEPTED),
                name="fact_comment_no_change_once_accepted",
                violation_error_message="Only an accepted comment says why no words change (R47).",
            ),
        ]

    def __str__(self) -> str:
        return f"Paragraph {self.paragraph}"

    @property
    def saved_at(self) -> datetime:
        """When its words were last saved."""
        return self.corrected_at or self.made_at

    @property
    def saved_by(self) -> User:
        """Its writer: nobody else corrects it."""
        return self.made_by

    @property
    def saved_what(self) -> str:
        return f"the comment on paragraph {self.paragraph}"

    @property
    def is_answered(self) -> bool:
        return bool(self.decision)

    @property
    def is_accepted(self) -> bool:
        """Wholly or in part: the report's words change, or the answer says why they need not."""
        return self.decision in ACCEPTED

    @property
    def text_key(self) -> str:
        """The text that the paragraph stands in: ``geography``, ``question-2`` or ``point-14``; a point is one paragraph."""
        return self.anchor if self.anchor.startswith("point-") else self.anchor.rpartition("-")[0]
