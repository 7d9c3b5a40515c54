"""A subject-access pack: everything that is held about one person, collected for that person."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from core.dates import day_in_words
from documents.models import Document


class SubjectAccessPack(models.Model):
    """Asked for, drawn by the worker, read by the person and by whoever made it until the last day, then removed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subject_access_packs"
    )
    request = models.CharField("reference of the request", max_length=120)
    last_on = models.DateField("last day")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    document = models.OneToOneField(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Pack of {day_in_words(self.made_at)}"

    def get_absolute_url(self) -> str:
        return reverse("retention:subject-access-pack", args=[self.pk])

    def is_open(self, today: date) -> bool:
        """Whether it may still be read."""
        return self.removed_at is None and self.last_on >= today
