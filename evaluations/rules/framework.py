"""When a framework may change."""

from __future__ import annotations

from core.verdicts import Verdict, require
from evaluations.models import Framework
from inspections.models import Inspection


def may_change_framework(framework: Framework) -> Verdict:
    """A framework that an inspection uses is never changed; a new wording is a new framework (invariant 10, R5)."""
    using = list(
        Inspection.objects.filter(framework_key=framework.key).values_list("reference", flat=True)[
            :3
        ]
    )
    return require(
        not using,
        f"The {framework.title.lower()} is in use by {', '.join(using)} and is not changed any more. "
        "Load the new wording as a framework of its own.",
        source="R5",
    )
