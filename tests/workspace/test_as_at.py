"""Looking back: what stood at a moment, and nothing of what came after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.proof import look_for_anchor
from evaluations.models import Evaluation, SealedEvaluation
from inspections.actions.replanning import move_step
from inspections.enums import InspectionState
from inspections.queries import span, steps_at
from tests.client import StrictClient
from workspace.as_at import as_at
from workspace.example.world import World


@pytest.mark.at_week(31)
def test_as_at_shows_what_stood_and_nothing_later(world: World) -> None:
    weeks = {week: as_at(world.inspection, world.moment(week, 4, 18)) for week in (1, 10, 22, 26)}
    order = [str(state.label) for state in InspectionState]
    places = [order.index(then.state) for then in weeks.values()]
    assert places == sorted(places)
    assert (weeks[1].state, weeks[26].state) == ("Notified", "Phase three")
    counts, done = (
        [then.count for then in weeks.values()],
        [then.done for then in weeks.values()],
    )
    assert counts == sorted(set(counts))
    assert done == sorted(done)
    assert done[0] < done[-1]
    assert weeks[1].evaluations == []
    told = [one.sentence for one in weeks[1].told]
    assert sum("Notification letter" in sentence for sentence in told) == 5
    for then in weeks.values():
        assert all(one.at <= then.moment for one in then.told)
        assert all(deed["at"] <= then.moment for deed in then.deeds)  # type: ignore[operator]
        assert then.anchor
        assert look_for_anchor(then.anchor.text) == ""


@pytest.mark.at_week(31)
def test_as_at_tells_levels_only_once_they_were_on_record(world: World) -> None:
    one = Evaluation.objects.filter(inspection=world.inspection).select_related("group").first()
    key, moment = str(one.group), timedelta(minutes=1)

    def level_at(at: object) -> tuple[str, int | None, int | None]:
        then = as_at(world.inspection, at)  # type: ignore[arg-type]
        (found,) = (row for row in then.evaluations if row.group == key)
        return found.state, found.level, found.shown

    first = one.history.filter(version=1).earliest("history_id")
    assert level_at(one.opened_at)[1:] == (None, None)
    assert level_at(one.revealed_at) == ("Sealed by everybody", None, None)
    assert level_at(first.proposed_at)[1:] == (first.proposed_level, None)
    assert level_at(one.shared_at - moment)[2] is None
    assert level_at(one.shared_at) == (
        "Shared as provisional",
        one.proposed_level,
        one.proposed_level,
    )
    decided = one.decision.decided_at
    assert level_at(decided - moment)[0] == "Shared as provisional"
    assert level_at(decided) == ("Panel confirmed", one.decision.after, one.proposed_level)


@pytest.mark.at_week(2)
def test_as_at_tells_the_dates_that_stood_before_a_move(world: World) -> None:
    step = world.inspection.steps.get(key="records_reading")
    before, was = timezone.now(), span(step.starts_on, step.ends_on)
    move_step(
        step,
        starts_on=date(2025, 12, 2),
        ends_on=date(2025, 12, 4),
        reason="Snow closed the roads",
        by=world.people["lead"],
        at=before + timedelta(hours=1),
    )
    dates = {
        hours: next(
            row
            for row in steps_at(world.inspection, before + timedelta(hours=hours))
            if row.title == step.title
        )
        for hours in (0, 2)
    }
    assert (dates[0].dates, dates[0].is_moved_since) == (was, True)
    assert dates[2].dates != was
    assert dates[2].is_moved_since is False


@pytest.mark.at_week(26)
def test_as_at_reads_no_sealed_level(world: World, client: StrictClient) -> None:
    words = set(SealedEvaluation.history.values_list("rationale", flat=True))
    proposed = set(Evaluation.history.values_list("rationale", flat=True))
    client.as_(world.people["panel_chair"])
    page = client.get(reverse("workspace:as-at", args=[world.inspection.reference]))
    assert not [text for text in words - proposed if text and text in page.content.decode()]


@pytest.mark.at_week(14)
def test_as_at_takes_a_day_as_people_write_it(world: World, client: StrictClient) -> None:
    here = reverse("workspace:as-at", args=[world.inspection.reference])
    client.as_(world.people["lead"])
    notified = world.inspection.notified_on
    for query in (f"?moment={notified.isoformat()}", f"?moment={notified:%d/%m/%Y}&clock=14:30"):
        page = client.get(here + query)
        assert page.status_code == 200
        assert "as it stood on" in page.content.decode()
    before = client.get(f"{here}?moment=1 January 2020").content.decode()
    assert "Not planned yet" in before
    assert "Nothing: it had not been notified." in before
    for query, sentence in (
        ("?moment=1 January 2099", "That day has not come yet."),
        ("?moment=soon", "Choose a day to look back to."),
        ("?moment=1 January 2020&clock=noon", "Write the time of day as hours and minutes"),
    ):
        assert sentence in client.get(here + query).content.decode()
    assert Event.objects.filter(name="workspace.moment_read").count() == 3
