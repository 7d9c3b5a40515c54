"""Who may do what, from ``accounts/roles.py``."""

from __future__ import annotations

from accounts.roles import (
    GRANTS,
    MEANING,
    PARTNERSHIP_ROLES,
    PROGRAMME_ROLES,
    SINGLE_ROLES,
    TEAM_ROLES,
    Capability,
    Role,
)
from workspace.docs import words

SIDES = (
    ("For the whole programme", PROGRAMME_ROLES),
    ("On the inspection team", TEAM_ROLES),
    ("In the partnership", PARTNERSHIP_ROLES),
)


def text() -> str:
    """The page: each role with its paragraph and what it may, then each capability with who has it."""
    first = (
        "A role is held on one inspection, or for the whole programme. What the moment allows is a rule, and stands in "
        "[rules.md](rules.md). A refusal shows the sentence of its capability."
    )
    lines = words.head("Roles", source="`accounts/roles.py`", first=first)
    for title, roles in SIDES:
        lines += [f"## {title}", ""]
        for role in Role:
            if role in roles:
                lines += _role(role)
    lines += ["## Every capability", ""]
    rows = [
        (f"`{one.name}`", one.value, ", ".join(role.label for role in Role if one in GRANTS[role]))
        for one in Capability
    ]
    return words.page(
        [*lines, *words.table(("Capability", "What a refusal says", "Who has it"), rows)]
    )


def _role(role: Role) -> list[str]:
    holders = " One person holds it at a time." if role in SINGLE_ROLES else ""
    may = ", ".join(f"`{one.name}`" for one in Capability if one in GRANTS[role])
    return [f"### {role.label}", "", f"{MEANING[role]}{holders}", "", f"May: {may}.", ""]
