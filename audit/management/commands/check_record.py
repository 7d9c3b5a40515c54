"""Prove that nobody changed the record: walk the chain of events."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Event
from audit.record import broken_links


class Command(BaseCommand):
    help = "Walk the chain of events and say whether any was changed, added or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(broken_links())
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{Event.objects.count()} events, and the chain is whole.")
