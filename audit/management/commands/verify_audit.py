"""Prove that nobody changed the record: walk the chain of events, and look for an anchor that was printed."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.proof import Proof, look_for_anchor, prove


class Command(BaseCommand):
    """Reads a few thousand events at a time, so that the record may be of any length. Ends with 1 where it is not whole."""

    help = "Walks the chain of events and names the first place where one was changed, added or removed."

    def add_arguments(self, parser: CommandParser) -> None:
        """How to answer, and which anchors to look for."""
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            dest="anchors",
            help="an anchor as it was printed, such as 1234-9f2c11ab03de77c1; may be given several times",
        )

    def handle(self, *args: Any, format: str, anchors: list[str], **options: Any) -> None:
        """Everything that was found, and the exit code."""
        proof = prove()
        missed = [sentence for anchor in anchors if (sentence := look_for_anchor(anchor))]
        if format == "json":
            self.stdout.write(json.dumps(_as_data(proof, missed), indent=2))
            if proof.count or missed:
                raise SystemExit(1)
            return
        lines = [fault.sentence for fault in proof.faults]
        if proof.count > len(lines):
            lines.append(f"And {proof.count - len(lines):,} more places after these.")
        if lines or missed:
            raise CommandError("\n".join([*lines, *missed]))
        self.stdout.write(f"{proof.events:,} events, and the chain is whole.")
        self.stdout.write(f"Its anchor: {proof.anchor or 'none yet'}")
        for anchor in anchors:
            self.stdout.write(f"Anchor {anchor} is in the chain.")


def _as_data(proof: Proof, missed: list[str]) -> dict[str, Any]:
    faults = [
        {"event": fault.number, "kind": fault.kind.value, "sentence": fault.sentence}
        for fault in proof.faults
    ]
    return {
        "whole": not proof.count,
        "events": proof.events,
        "anchor": proof.anchor,
        "first_fault": faults[0] if faults else None,
        "faults": faults,
        "fault_count": proof.count,
        "anchors_missed": missed,
    }
