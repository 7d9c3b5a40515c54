"""What was done, by whom, when. Rows are added and never changed; each holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any, NoReturn

from django.db import connections, models
from django.db.models.functions import Cast

GENESIS = "0" * 64


class AppendOnly(RuntimeError):
    """Somebody tried to change or remove an event."""


# How the name of an event ends that changed nothing: something was read, or taken along as a file.
READINGS = ("_read", "_taken")


def is_reading(name: str) -> bool:
    """Whether an event of this name is a reading and no deed."""
    return name.endswith(READINGS)


def _is_reading() -> models.Q:
    return models.Q(*(("name__endswith", ending) for ending in READINGS), _connector=models.Q.OR)


# What the hash of an event holds beside its moment: everything but the hash.
HASHED = (
    "number",
    "name",
    "by_id",
    "by_name",
    "subject_type",
    "subject_id",
    "inspection_reference",
    "details",
    "previous_hash",
)


def fingerprint(row: Mapping[str, Any]) -> str:
    """The hash of all values of an event and of the row before it, as 64 hexadecimal digits."""
    content = {key: row[key] for key in HASHED}
    content["at"] = row["at"].astimezone(UTC).isoformat()
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def is_as_written(row: Mapping[str, Any]) -> bool:
    """Whether the text of an event that was read ``as_stored`` is what the product writes for what it says.

    A blank more in it reads the same and has the same fingerprint, and somebody changed it all the same. PostgreSQL
    keeps values and not their text.
    """
    if "details_stored" not in row:
        return True
    at = str(row["at"].astimezone(UTC).replace(tzinfo=None))
    return bool(row["at_stored"] == at and row["details_stored"] == json.dumps(row["details"]))


class EventQuerySet(models.QuerySet["Event"]):
    """Reading events. There is no way to update or delete them through here."""

    def about(self, inspection_reference: str) -> EventQuerySet:
        return self.filter(inspection_reference=inspection_reference)

    def readings(self) -> EventQuerySet:
        """What was only read or taken along."""
        return self.filter(_is_reading())

    def deeds(self) -> EventQuerySet:
        """What changed something."""
        return self.exclude(_is_reading())

    def newest_first(self) -> EventQuerySet:
        return self.order_by("-number")

    def as_stored(self) -> models.QuerySet[Event, Any]:
        """As values, since a walk reads them by the million; with the two columns that SQLite keeps as text and that are
        read as something else, letter by letter."""
        if connections[self.db].vendor != "sqlite":
            return self.values()
        text = models.TextField()
        stored = {"details_stored": Cast("details", text), "at_stored": Cast("at", text)}
        return self.annotate(**stored).values()

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Events are never removed.")


class Event(models.Model):
    """One thing that was done. No foreign keys: the record outlives what it speaks of.

    ``details`` holds what the sentence needs: names of roles, titles, counts. Never the text of evidence, never a level
    of an evaluation that is sealed, never a name of a child.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    inspection_reference = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["inspection_reference", "-number"], name="event_by_inspection"),
            # Each reading asks whether this person's last quarter of an hour holds it already.
            models.Index(fields=["by_id", "-at"], name="event_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add this row. Changing one is refused: that is what the table is for, so it stands here and not in an action."""
        if not self._state.adding:
            raise AppendOnly("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are never removed.")

    def fingerprint(self) -> str:
        """The hash of everything in this row and of the row before it, as 64 hexadecimal digits."""
        return fingerprint(vars(self))


class ChainHead(models.Model):
    """The last event's number and hash, in the one row that writers lock, so that the chain never forks."""

    last_number = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"chain at {self.last_number}"
