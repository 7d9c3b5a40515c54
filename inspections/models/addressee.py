"""The five addressees of the notification letter, and the notification itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from documents.models import Document
from inspections.enums import AddresseeOffice
from inspections.models.inspection import Inspection


class Addressee(models.Model):
    """One of the five offices that must be told (R13). Made blank at planning, filled in before notification."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="addressees")
    office = models.CharField(max_length=40, choices=AddresseeOffice)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    postal_address = models.TextField(max_length=400, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "office"], name="addressee_once_an_office"
            )
        ]

    def __str__(self) -> str:
        return self.get_office_display()

    @property
    def is_blank(self) -> bool:
        """A letter needs a name to greet and an address to go to."""
        return not (self.name.strip() and self.email)


class Notification(models.Model):
    """The deed of notifying: once an inspection, with who and when."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="notification"
    )
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Notification of {self.inspection}"


class NotificationLetter(models.Model):
    """One letter as sent: its words are frozen in the row, its PDF is drawn from them in the worker."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="letters")
    office = models.CharField(max_length=40, choices=AddresseeOffice)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    postal_address = models.TextField(blank=True)
    html = models.TextField()
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notification", "office"], name="letter_once_an_office")
        ]

    def __str__(self) -> str:
        return f"Letter to the {self.get_office_display()}"
