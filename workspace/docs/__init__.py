"""The pages of ``docs/`` that are written from the code, so that they cannot say something else than it does."""

from __future__ import annotations

from collections.abc import Callable

from workspace.docs import access, keeping, lifecycle, roles, rules

PAGES: dict[str, Callable[[], str]] = {
    "lifecycle.md": lifecycle.text,
    "roles.md": roles.text,
    "access.md": access.text,
    "../workspace/reference/access.csv": access.table,
    "rules.md": rules.text,
    "keeping.md": keeping.text,
}
