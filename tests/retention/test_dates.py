"""R52: a year after the last of submission, publication and connected proceedings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit.models import Event
from core.verdicts import Refused
from retention import queries, rules
from retention.actions import holds
from retention.actions.proceedings import end_proceedings, record_proceedings, record_submission
from retention.queries import Closing, a_year_after
from workspace.example.world import World

D = date
NONE = {"submitted_on": None, "published_on": None, "withdrawn_on": None, "determined_on": None}


@pytest.mark.parametrize(
    ("given", "running", "expected"),
    [
        ({}, 0, None),
        ({"submitted_on": D(2026, 6, 1)}, 0, None),
        ({"published_on": D(2026, 6, 9)}, 0, D(2027, 6, 9)),
        ({"published_on": D(2026, 6, 9), "submitted_on": D(2026, 7, 1)}, 0, D(2027, 7, 1)),
        ({"published_on": D(2026, 6, 9), "submitted_on": D(2026, 5, 1)}, 0, D(2027, 6, 9)),
        ({"published_on": D(2026, 6, 9), "determined_on": D(2028, 2, 29)}, 0, D(2029, 2, 28)),
        ({"published_on": D(2026, 6, 9)}, 1, None),
        ({"withdrawn_on": D(2026, 1, 5)}, 0, D(2027, 1, 5)),
    ],
)
def test_the_disposal_date(given: dict[str, date], running: int, expected: date | None) -> None:
    closing = Closing(inspection=None, hold=None, open_proceedings=running, **{**NONE, **given})  # type: ignore[arg-type]  # a row of the table leaves out what it does not need
    assert closing.disposal_on == expected


def test_a_year_after_a_leap_day_is_not_later_than_the_law_says() -> None:
    assert a_year_after(D(2028, 2, 29)) == D(2029, 2, 28)


@pytest.mark.at_week(36)
def test_record_submission_moves_the_date_and_can_be_corrected(world: World) -> None:
    by, day = world.people["programme_manager"], world.now.date()
    record_submission(world.inspection, submitted_on=day, by=by, at=world.now)
    assert queries.closing_of(world.inspection).disposal_on == a_year_after(day)

    record_submission(world.inspection, submitted_on=day - timedelta(days=300), by=by, at=world.now)
    published = queries.closing_of(world.inspection).published_on
    assert published is not None
    assert queries.closing_of(world.inspection).disposal_on == a_year_after(published)
    assert (
        Event.objects.filter(name="retention.submission_recorded").count() == 3
    )  # one of the story


@pytest.mark.at_week(36)
def test_record_submission_is_refused_for_a_day_to_come(world: World) -> None:
    with pytest.raises(Refused, match="still to come"):
        record_submission(
            world.inspection,
            submitted_on=world.now.date() + timedelta(days=1),
            by=world.people["service_manager"],
            at=world.now,
        )


@pytest.mark.at_week(36)
def test_record_submission_is_refused_to_the_lead(world: World) -> None:
    with pytest.raises(Refused, match="Only the programme manager or the service manager"):
        record_submission(
            world.inspection,
            submitted_on=world.now.date(),
            by=world.people["lead"],
            at=world.now,
        )


@pytest.mark.at_week(36)
def test_record_proceedings_stops_the_clock_until_end_proceedings(world: World) -> None:
    by, today = world.people["service_manager"], world.now.date()
    running = record_proceedings(world.inspection, title="An inquiry", by=by, at=world.now)
    refusal = rules.may_dispose_of(queries.closing_of(world.inspection), on=D(2030, 1, 1))
    assert refusal.sentence.startswith("One connected case has not been finally determined")
    assert refusal.source == "R52"

    end_proceedings(running, determined_on=today, by=by, at=world.now)
    assert queries.closing_of(world.inspection).disposal_on == a_year_after(today)
    with pytest.raises(Refused, match="were determined on"):
        end_proceedings(running, determined_on=today, by=by, at=world.now)


@pytest.mark.at_week(14)
def test_nothing_is_due_before_publication(world: World) -> None:
    verdict = rules.may_dispose_of(queries.closing_of(world.inspection), on=D(2030, 1, 1))
    assert verdict.sentence == "The report is not published yet, so the year has not begun."


@pytest.mark.at_week(14)
def test_place_legal_hold_stands_once_and_lift_legal_hold_ends_it(world: World) -> None:
    by = world.people["service_manager"]
    hold = holds.place_legal_hold(world.inspection, reason="An inquiry.", by=by, at=world.now)
    with pytest.raises(Refused, match="is held since"):
        holds.place_legal_hold(world.inspection, reason="Again.", by=by, at=world.now)

    holds.lift_legal_hold(world.inspection, reason="It ended.", by=by, at=world.now)
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_because) == (by, "It ended.")
    with pytest.raises(Refused, match="No legal hold stands"):
        holds.lift_legal_hold(world.inspection, reason="Again.", by=by, at=world.now)
    names = Event.objects.filter(name__startswith="retention.legal_hold").values_list("name", flat=True)  # fmt: skip
    assert sorted(names) == ["retention.legal_hold_lifted", "retention.legal_hold_placed"]


@pytest.mark.at_week(14)
@pytest.mark.parametrize("who", ["lead", "panel_chair", "coordinator"])
def test_place_legal_hold_is_refused_to_others(world: World, who: str) -> None:
    with pytest.raises(Refused, match="holds back what is kept"):
        holds.place_legal_hold(world.inspection, reason="No.", by=world.people[who], at=world.now)
