"""A drawer: a holder that exists only in tests. Morag may add, Iain may read, nobody else knows of
it.
"""

from __future__ import annotations

from core.verdicts import ALLOWED, refuse
from documents.holders import Holder

READERS = {"morag@glenmarrow.example", "iain@glenmarrow.example"}
HIDDEN = refuse("There is no such drawer.")
CLOSED = refuse("Only the inspection co-ordinator adds to the drawer.")


def drawer() -> Holder:
    return Holder(
        may_see=lambda person, id: ALLOWED if person.email in READERS and id != "none" else HIDDEN,
        may_add=lambda person, id: ALLOWED if person.email.startswith("morag") else CLOSED,
        title=lambda id: "the drawer",
        url=lambda id: f"/drawers/{id}/",
        inspection=lambda id: "JI-2026-001",
    )
