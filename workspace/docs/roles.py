"""Who may do what, from ``accounts/roles.py``."""

from __future__ import annotations

from accounts.roles import (
    COMPARTMENTS,
    FRESH_SIGN_IN,
    MEANING,
    PARTNERSHIP_ROLES,
    PROGRAMME_ROLES,
    SECOND_FACTOR,
    SINGLE_ROLES,
    TEAM_ROLES,
    WITHOUT_SECOND_FACTOR,
    Capability,
    Role,
    granted,
    roles_granting,
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
        "[rules.md](rules.md); every address by every member of the cast is in [access.md](access.md). A refusal shows the sentence of "
        "its capability."
    )
    lines = words.head("Roles", source="`accounts/roles.py`", first=first)
    for title, roles in SIDES:
        lines += [f"## {title}", ""]
        for role in Role:
            if role in roles:
                lines += _role(role)
    lines += _signing_in()
    lines += ["## Every capability", ""]
    rows = [
        (
            f"`{one.name}`",
            one.value,
            ", ".join(role.label for role in Role if role in roles_granting(one)),
        )
        for one in Capability
    ]
    lines += words.table(("Capability", "What a refusal says", "Who has it"), rows)
    return words.page([*lines, *_compartments()])


def _compartments() -> list[str]:
    """Fields that somebody who sees the inspection does not see, or not yet."""
    rows = [
        (
            one.what,
            ", ".join(f"`{field}`" for field in one.fields),
            ", ".join(role.label for role in Role if role in one.hidden_from),
            one.but_not_from,
            one.until,
        )
        for one in COMPARTMENTS
    ]
    head = ("What", "Fields", "Hidden from", "But not from", "Until")
    return ["## Fields that are hidden", "", *words.table(head, rows)]


def _signing_in() -> list[str]:
    need = ", ".join(role.label for role in Role if role in SECOND_FACTOR)
    without = [f"* {role.label}: {reason}" for role, reason in WITHOUT_SECOND_FACTOR.items()]
    fresh = ", ".join(f"`{one.name}`" for one in Capability if one in FRESH_SIGN_IN)
    return [
        "## Signing in",
        "",
        f"A second proof at sign-in, a passkey or a code, is needed by: {need}. Not by:",
        "",
        *without,
        "",
        f"A fresh sign-in is asked for before: {fresh}.",
        "",
    ]


def _role(role: Role) -> list[str]:
    holders = " One person holds it at a time." if role in SINGLE_ROLES else ""
    may = ", ".join(f"`{one.name}`" for one in Capability if granted(one, [role]))
    return [f"### {role.label}", "", f"{MEANING[role]}{holders}", "", f"May: {may}.", ""]
