"""Who stands in for the holder of an office, from when to when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from inspections.models.membership import Membership


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Which stand-ins."""

    def open(self) -> StandInQuerySet:
        """Not ended by hand, and of an office whose holder's part has not ended."""
        return self.filter(ended_at__isnull=True, membership__ended_at__isnull=True)

    def named(self, today: date | None = None) -> StandInQuerySet:
        """Those who stand in today, or will from a day on: neither their own last day has gone by nor that of the part."""
        today = today or timezone.localdate()
        office = models.Q(membership__until__isnull=True) | models.Q(membership__until__gte=today)
        own = models.Q(until__isnull=True) | models.Q(until__gte=today)
        return self.open().filter(office & own)

    def in_force(self, today: date | None = None) -> StandInQuerySet:
        """Those who stand in today."""
        today = today or timezone.localdate()
        return self.named(today).filter(starts_on__lte=today)


class StandIn(models.Model):
    """One person who holds, for a time, what the holder of an office holds. The office itself stays where it is."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="stand_ins")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standing_in_for"
    )
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When they were reminded to declare their interests."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StandInQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("starts_on")),
                name="stand_in_ends_after_it_begins",
                violation_error_message="A stand-in's last day is not before the first.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="stand_in_ended_at_has_its_by",
                violation_error_message="A stand-in who was ended says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.membership}"

    @property
    def last_day(self) -> date | None:
        """The last day of standing in: its own, or that of the part, whichever comes first."""
        days = [day for day in (self.until, self.membership.until) if day]
        return min(days, default=None)

    def stands_in(self, today: date) -> bool:
        """Whether its days include this one."""
        return self.starts_on <= today and (self.until is None or today <= self.until)


def is_named_to(parts: models.QuerySet[Membership]) -> models.Q:
    """Of people: that they hold one of these parts, or are named as stand-in for its holder, for today or for a day to come."""
    parts = parts.order_by()
    stand_ins = StandIn.objects.named().order_by().filter(membership__in=parts.values("pk"))
    return models.Q(pk__in=parts.values("person")) | models.Q(pk__in=stand_ins.values("person"))
