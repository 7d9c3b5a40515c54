"""From opening to final: what each deed changes, what it refuses, and that it leaves one event."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from core.verdicts import Refused
from evaluations import queries, rules
from evaluations.actions.evaluation import (
    confirm_evaluation,
    excuse_evaluator,
    open_evaluating,
    seal_evaluation,
    settle_evaluations,
    share_evaluations,
    unseal_evaluation,
)
from evaluations.enums import EVALUATION_MOVES, EvaluationState
from evaluations.models import Evaluation, Evaluator, PanelDecision, SealedEvaluation
from inspections.actions.team import end_team_member
from inspections.models import Membership
from tests.evaluations.sealing import CIRCLE, all_shared, opened, proposed, sealed, written
from tests.inspections.declared import named_and_let_in
from workspace.example.world import World

pytestmark = pytest.mark.at_week(20, weekday=0)


# ---------- Opening, and the circle ----------


def test_open_evaluating_makes_four_and_fixes_the_circle(world: World) -> None:
    before = Event.objects.count()

    evaluations = open_evaluating(world.inspection, by=world.people["lead"], at=timezone.now())

    assert [one.group.key for one in evaluations] == ["1.1", "2.1", "2.2", "9.1-9.4"]
    assert {one.person for one in Evaluator.objects.all()} == {world.people[key] for key in CIRCLE}
    assert Event.objects.count() == before + 1


def test_open_evaluating_is_refused_twice(world: World) -> None:
    opened(world)

    assert str(rules.may_open_evaluating(world.inspection)) == "Evaluating is open already."


@pytest.mark.at_week(18)
def test_open_evaluating_waits_for_phase_three(world: World) -> None:
    assert str(rules.may_open_evaluating(world.inspection)) == (
        "Evaluating opens in phase three, when the fieldwork is done."
    )


def test_somebody_who_joins_later_neither_evaluates_nor_blocks(world: World) -> None:
    evaluation = opened(world)
    named_and_let_in(
        world.inspection,
        person=world.people["other_lead"],
        role=Role.STRATEGIC_INSPECTOR,
        until=None,
        by=world.people["programme_manager"],
        at=timezone.now(),
    )

    with pytest.raises(Refused, match="You are not one of the people who were to evaluate"):
        written(world, evaluation, "other_lead")
    sealed(world, evaluation, *CIRCLE)
    evaluation.refresh_from_db()
    assert evaluation.is_revealed


def test_somebody_who_leaves_blocks_until_the_lead_excuses_them(world: World) -> None:
    evaluation = opened(world)
    membership = Membership.objects.get(
        inspection=world.inspection, person=world.people["inspector"]
    )
    end_team_member(membership, by=world.people["programme_manager"], at=timezone.now())
    sealed(world, evaluation, *(key for key in CIRCLE if key != "inspector"))
    evaluation.refresh_from_db()
    assert not evaluation.is_revealed

    _excuse(world, "inspector")

    evaluation.refresh_from_db()
    assert evaluation.is_revealed
    assert Evaluation.objects.filter(state=EvaluationState.EVALUATING).count() == 3


def test_what_an_excused_person_only_drafted_is_never_shown(world: World) -> None:
    evaluation = opened(world)
    written(world, evaluation, "inspector", level=1, why="Only a draft.")
    sealed(world, evaluation, *(key for key in CIRCLE if key != "inspector"))

    _excuse(world, "inspector")

    evaluation.refresh_from_db()
    shown = queries.revealed_evaluations(evaluation)
    assert len(shown) == 6
    assert world.people["inspector"] not in {one.inspector for one in shown}


def test_may_excuse_evaluator_says_why_not(world: World) -> None:
    opened(world)
    circle = {one.person: one for one in Evaluator.objects.select_related("person", "inspection")}
    lead, inspector = world.people["lead"], world.people["inspector"]

    assert str(rules.may_excuse_evaluator(circle[lead], by=lead)).startswith(
        "Nobody excuses themselves."
    )
    assert rules.may_excuse_evaluator(circle[lead], by=world.people["service_manager"])
    _excuse(world, "inspector")
    circle[inspector].refresh_from_db()
    assert (
        str(rules.may_excuse_evaluator(circle[inspector], by=lead))
        == "Ewan Sleat is excused already."
    )
    for key in ("depute", "participation_lead", "health_inspector", "education_inspector"):
        _excuse(world, key)
    last = circle[world.people["police_inspector"]]
    assert str(rules.may_excuse_evaluator(last, by=lead)).startswith("Only 2 evaluators are left")


# ---------- Writing and sealing ----------


def test_seal_evaluation_needs_a_level_and_a_reason(world: World) -> None:
    evaluation, by = opened(world), world.people["inspector"]

    assert (
        str(rules.may_seal_evaluation(evaluation, by=by))
        == "Choose a level from 1 to 6 before you seal."
    )
    written(world, evaluation, "inspector", level=None)
    assert (
        str(rules.may_seal_evaluation(evaluation, by=by))
        == "Choose a level from 1 to 6 before you seal."
    )
    written(world, evaluation, "inspector", why="  ")
    assert (
        str(rules.may_seal_evaluation(evaluation, by=by))
        == "Write why you chose this level before you seal."
    )
    written(world, evaluation, "inspector")
    assert rules.may_seal_evaluation(evaluation, by=by)


@pytest.mark.parametrize("level", [0, 7])
def test_write_evaluation_takes_whole_levels_from_1_to_6(world: World, level: int) -> None:
    evaluation, before = opened(world), Event.objects.count()

    with pytest.raises(ValidationError):
        written(world, evaluation, "inspector", level=level)

    assert not SealedEvaluation.objects.exists()
    assert Event.objects.count() == before


def test_the_database_itself_refuses_a_seal_without_a_reason(world: World) -> None:
    draft = written(world, opened(world), "inspector", why="")

    with pytest.raises(IntegrityError), transaction.atomic():
        SealedEvaluation.objects.filter(pk=draft.pk).update(
            state="sealed", sealed_at=timezone.now()
        )


def test_write_evaluation_never_writes_over_a_newer_draft(world: World) -> None:
    evaluation = opened(world)
    written(world, evaluation, "inspector", why="One.")
    draft = written(world, evaluation, "inspector", why="Two.")
    from evaluations.actions.evaluation import write_evaluation

    with pytest.raises(
        Refused,
        match=r"^You saved version 2 of your evaluation of 2.1 on .* Nothing was overwritten.$",
    ):
        write_evaluation(
            evaluation,
            based_on=1,
            level=3,
            rationale="Three.",
            by=world.people["inspector"],
            at=timezone.now(),
        )

    draft.refresh_from_db()
    assert (draft.rationale, draft.version) == ("Two.", 2)
    assert list(draft.history.order_by("version").values_list("rationale", flat=True)) == [
        "One.",
        "Two.",
    ]


def test_seal_evaluation_seals_what_was_read(world: World) -> None:
    evaluation = opened(world)
    written(world, evaluation, "inspector", level=4)
    written(world, evaluation, "inspector", level=2)

    with pytest.raises(Refused, match="You saved version 2 of your evaluation"):
        seal_evaluation(evaluation, based_on=1, by=world.people["inspector"], at=timezone.now())


def test_the_last_seal_reveals_and_not_the_one_before(world: World) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE[:-1])
    evaluation.refresh_from_db()
    assert evaluation.state == EvaluationState.EVALUATING

    sealed(world, evaluation, CIRCLE[-1])

    evaluation.refresh_from_db()
    assert evaluation.state == EvaluationState.REVEALED
    assert len(queries.revealed_evaluations(evaluation)) == 7


def test_unseal_evaluation_is_possible_until_everybody_has_sealed(world: World) -> None:
    evaluation, by = opened(world), world.people["inspector"]
    sealed(world, evaluation, "inspector")

    unseal_evaluation(evaluation, by=by, at=timezone.now())
    assert rules.may_write_evaluation(evaluation, by=by)

    sealed(world, evaluation, *CIRCLE)
    evaluation.refresh_from_db()
    assert str(rules.may_unseal_evaluation(evaluation, by=by)) == (
        "Everybody has sealed, so the levels are open. A seal can no longer be taken back."
    )


# ---------- Proposing, sharing, confirming, settling ----------


def test_propose_evaluation_waits_for_the_reveal(world: World) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE[:3])

    assert "not everybody has sealed yet" in str(rules.may_propose_evaluation(evaluation))


def test_share_evaluations_waits_for_all_four(world: World) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE)
    proposed(world, evaluation)

    verdict = rules.may_share_evaluations(world.inspection)
    assert str(verdict) == "The team has not yet proposed an evaluation of 1.1, 2.2, 9.1 to 9.4."


def test_share_evaluations_leaves_nothing_behind_when_it_fails(world: World) -> None:
    opened(world)
    before = Event.objects.count()

    with pytest.raises(Refused):
        share_evaluations(world.inspection, by=world.people["lead"], at=timezone.now())

    assert not world.inspection.evaluations.filter(shared_at__isnull=False).exists()
    assert Event.objects.count() == before


def test_confirm_evaluation_keeps_before_after_and_reason(world: World) -> None:
    evaluation = next(one for one in all_shared(world) if one.group.key == "2.1")

    _confirm(world, evaluation, level=3, reason="Waits are longer than in comparable areas.")

    evaluation.refresh_from_db()
    decision = PanelDecision.objects.get(evaluation=evaluation)
    assert (decision.before, decision.after, evaluation.level) == (4, 3, 3)
    assert decision.changed and decision.decided_by == world.people["panel_chair"]
    assert evaluation.state == EvaluationState.PANEL_CONFIRMED
    assert str(rules.may_confirm_evaluation(evaluation)).startswith(
        "The panel has already decided on 2.1"
    )


def test_confirm_evaluation_needs_what_was_shared(world: World) -> None:
    evaluation = opened(world)
    assert str(rules.may_confirm_evaluation(evaluation)).startswith("The team has not yet proposed")
    sealed(world, evaluation, *CIRCLE)
    assert str(rules.may_confirm_evaluation(proposed(world, evaluation))).startswith(
        "The inspection lead first shares"
    )


def test_the_gate_of_publication_waits_for_the_panel(world: World) -> None:
    assert "none of the four" in str(rules.evaluations_confirmed(world.inspection))
    evaluations = all_shared(world)
    for evaluation in evaluations[:3]:
        _confirm(world, evaluation)
    assert str(rules.evaluations_confirmed(world.inspection)) == (
        "The panel has not yet confirmed the evaluation of 9.1 to 9.4."
    )
    assert queries.final_evaluations(world.inspection) == []

    _confirm(world, evaluations[3])

    assert rules.evaluations_confirmed(world.inspection)
    assert [one.group.key for one in queries.final_evaluations(world.inspection)] == [
        "1.1",
        "2.1",
        "2.2",
        "9.1-9.4",
    ]


def test_settle_evaluations_makes_them_final_once(world: World) -> None:
    for evaluation in all_shared(world):
        _confirm(world, evaluation)

    settled = settle_evaluations(world.inspection, by=world.people["lead"], at=timezone.now())

    assert {one.state for one in settled} == {EvaluationState.FINAL}
    with pytest.raises(Refused, match="final already"):
        settle_evaluations(world.inspection, by=world.people["lead"], at=timezone.now())


def test_every_deed_leaves_exactly_one_event(world: World) -> None:
    before = Event.objects.count()
    for evaluation in all_shared(world):
        _confirm(world, evaluation)
    settle_evaluations(world.inspection, by=world.people["lead"], at=timezone.now())

    people, groups = len(CIRCLE), 4
    assert Event.objects.count() - before == 1 + groups * people * 2 + groups + 1 + groups + 1


def test_no_state_of_an_evaluation_is_a_dead_end() -> None:
    reached = {EvaluationState.EVALUATING} | {
        to for stand in EVALUATION_MOVES.values() for to in stand.moves.values()
    }

    assert reached == set(EvaluationState) == set(EVALUATION_MOVES)
    assert [state for state, stand in EVALUATION_MOVES.items() if not stand.moves] == [
        EvaluationState.FINAL
    ]


def _excuse(world: World, key: str) -> None:
    evaluator = Evaluator.objects.get(inspection=world.inspection, person=world.people[key])
    excuse_evaluator(
        evaluator, reason="Has left the team.", by=world.people["lead"], at=timezone.now()
    )


def _confirm(
    world: World, evaluation: Evaluation, *, level: int = 4, reason: str = "Tested and agreed."
) -> None:
    confirm_evaluation(
        evaluation, level=level, reason=reason, by=world.people["panel_chair"], at=timezone.now()
    )
