"""No state is a dead end, and every move is a deed that exists."""

from __future__ import annotations

import pytest

from tests.house.source import APPS, functions, modules
from workspace.docs.lifecycle import LIFECYCLES, Lifecycle

# A state without a move in its own table, whose owner still has something to do: where that is done.
MOVES_ELSEWHERE = {
    (
        "Document",
        "quarantined",
    ): "A clean copy is a new document that supersedes this one: upload_documents.",
}
NOBODY = "nobody"


def _deeds() -> set[str]:
    return {
        function.name
        for app in APPS
        for path in modules(app, "actions")
        for function in functions(path)
    }


def _all(title: str) -> Lifecycle:
    return next(one for one in LIFECYCLES if one.title == title)


every_lifecycle = pytest.mark.parametrize("cycle", LIFECYCLES, ids=lambda cycle: cycle.title)


@every_lifecycle
def test_every_state_stands_in_its_table(cycle: Lifecycle) -> None:
    assert set(cycle.moves) == set(cycle.states)


@every_lifecycle
def test_no_state_is_a_dead_end(cycle: Lifecycle) -> None:
    for state, stand in cycle.moves.items():
        if (cycle.title, state.value) in MOVES_ELSEWHERE:
            continue
        assert bool(stand.moves) == (stand.owner.lower() != NOBODY), (
            f"{cycle.title}, {state.label}: a state has a next move and an owner, or neither."
        )


@every_lifecycle
def test_every_state_can_be_reached(cycle: Lifecycle) -> None:
    reached = {cycle.first}
    for _ in cycle.moves:
        reached |= {target for state in reached for target in cycle.moves[state].moves.values()}
    assert reached == set(cycle.states)


@every_lifecycle
def test_every_move_is_a_deed_that_exists(cycle: Lifecycle) -> None:
    wanted = {deed.partition(" ")[0] for stand in cycle.moves.values() for deed in stand.moves}
    assert wanted - _deeds() == set()


def test_no_exception_outlives_its_reason() -> None:
    for title, state in MOVES_ELSEWHERE:
        cycle = _all(title)
        assert not cycle.moves[cycle.states(state)].moves
