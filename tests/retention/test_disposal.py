"""From what is due to the certificate: nothing of what was obtained remains, and what must stay does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from audit.record import broken_links
from core import jobs
from core.disposal import disposals
from core.models import Job
from core.retention import LETS_GO, declared
from core.verdicts import Refused
from documents.models import Document
from evaluations.models import Answer, EvidenceItem, SealedEvaluation
from inspections.enums import StepState
from reports.models import Edition
from retention import queries
from retention.actions import disposal, holds
from retention.actions.proceedings import end_proceedings, record_proceedings
from retention.enums import DisposalState
from retention.models import DisposalList
from tests.jobs import run_jobs
from tests.media import move_in
from tests.retention import places
from tests.scenes import do_jobs_of_story
from workspace.example.world import World


@pytest.fixture
def media(settings: Any, tmp_path: Any, world: World) -> None:
    """A storage of this test's own, with every file of the story in it."""
    do_jobs_of_story(world, at=places.due_day(world) - timedelta(days=1))
    move_in(settings, tmp_path)


def test_every_period_says_what_ends_it() -> None:
    assert set(declared().values()) <= set(LETS_GO)


@pytest.mark.slow
@pytest.mark.at_week(36)
def test_nothing_of_an_inspection_remains_after_disposal(world: World, media: None) -> None:
    planted = places.plant(world.inspection.reference)
    before = set(places.found_in())
    events = Event.objects.count()
    assert planted > 50
    assert {"evaluations.EvidenceItem.text", "evaluations.HistoricalAnswer.text", "core.Letter.body",
            "evaluations.SealedEvaluation.rationale", "inspections.Addressee.postal_address",
            "reports.FactComment.text", "documents.Document.title"} <= before  # fmt: skip
    assert any(place.startswith("file ") for place in before)

    found = places.destroyed(world)

    assert set(places.found_in()) == set()
    for how in disposals():
        assert not how.of(world.inspection.reference).exists(), how.kind
    assert not EvidenceItem.history.exists()
    assert not Answer.history.exists()
    assert not SealedEvaluation.history.exists()
    assert found.document is not None
    assert Event.objects.count() > events
    assert list(broken_links()) == []


@pytest.mark.at_week(36)
def test_what_was_published_and_the_certificate_remain(world: World, media: None) -> None:
    kept = set(Edition.objects.exclude(document=None).values_list("document__file", flat=True))
    kept |= set(
        Document.objects.filter(holder_type="reports.report").values_list("file", flat=True)
    )

    found = places.destroyed(world)

    left = set(places.files())
    assert left == kept | {found.document.file.name}
    assert Edition.objects.exclude(source={}).exists()
    assert world.inspection.steps.get(key="disposal_due").state == StepState.DONE


@pytest.mark.at_week(36)
def test_disposal_goes_on_where_a_killed_worker_stopped(
    world: World, media: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disposal, "BATCH", 3)
    found = places.approve(places.proposed(world), world)
    at, calls = places.due_day(world), []

    def killed_at_the_third() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        disposal.dispose(found, at=at, heartbeat=killed_at_the_third)
    gone = found.items.filter(disposed_at__isnull=False).count()
    assert 0 < gone <= 6
    assert not Event.objects.filter(name="retention.disposal_finished").exists()

    run_jobs(at)
    disposal.dispose(found, at=at, heartbeat=lambda: None)  # once more, as a job may come twice

    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED
    assert not found.items.filter(disposed_at__isnull=True).exists()
    assert Event.objects.filter(name="retention.disposal_finished").count() == 1


@pytest.mark.at_week(36)
def test_propose_disposal_shows_what_things_are_and_never_what_is_in_them(world: World) -> None:
    found = places.proposed(world)

    titles = " ".join(found.items.values_list("title", flat=True))
    assert "E-001" in titles
    assert not any(item.text in titles for item in EvidenceItem.objects.all())
    assert disposal.look_for_due(at=places.due_day(world)) == []  # once more: the list stands
    assert DisposalList.objects.filter(inspection=world.inspection).count() == 1


@pytest.mark.at_week(36)
def test_propose_disposal_waits_for_its_day(world: World) -> None:
    disposal.look_for_due(at=places.due_day(world) - timedelta(days=1))
    assert not DisposalList.objects.filter(inspection=world.inspection).exists()


@pytest.mark.at_week(36)
def test_a_list_that_waits_is_brought_up_to_date(world: World) -> None:
    found = places.proposed(world)
    item = found.items.filter(kind="evaluations.evidenceitem").first()
    seen = queries.digest_of(found)
    found.items.filter(pk=item.pk).delete()  # as if it had been recorded after the proposal

    disposal.look_for_due(at=places.due_day(world))

    assert found.items.filter(kind=item.kind, row_id=item.row_id).exists()
    with pytest.raises(Refused, match="has changed since this page was opened"):
        disposal.approve_disposal(
            found, seen=seen, by=world.people["service_manager"], at=places.due_day(world)
        )


@pytest.mark.at_week(36)
@pytest.mark.parametrize(
    "change", [{"title": "E-999"}, {"kind": "retention.other"}, {"sha256": "f" * 64}]
)
def test_approve_disposal_is_refused_when_the_same_item_is_another_thing(
    world: World, change: dict[str, str]
) -> None:
    found = places.proposed(world)
    seen = queries.digest_of(found)
    item = found.items.filter(kind="evaluations.evidenceitem").first()
    found.items.filter(pk=item.pk).update(**change)
    with pytest.raises(Refused, match="has changed since this page was opened"):
        disposal.approve_disposal(
            found, seen=seen, by=world.people["service_manager"], at=places.due_day(world)
        )


@pytest.mark.at_week(36)
def test_dispose_in_batches_is_one_deed_with_one_event_of_the_whole(
    world: World, media: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disposal, "BATCH", 7)
    found = places.approve(places.proposed(world), world)
    approved = Event.objects.newest_first()[0]
    batches: list[int] = []

    disposal.dispose(found, at=places.due_day(world), heartbeat=lambda: batches.append(1))

    assert len(batches) > 5
    finished = Event.objects.get(number__gt=approved.number)
    assert finished.name == "retention.disposal_finished"
    assert finished.details["count"] == approved.details["count"]
    found.refresh_from_db()
    assert (found.anchor_number, found.anchor_hash) == (finished.number, finished.hash)


@pytest.mark.at_week(36)
def test_approve_disposal_is_refused_to_the_administrator(world: World) -> None:
    found = places.proposed(world)
    with pytest.raises(Refused, match="Only the service manager"):
        disposal.approve_disposal(
            found,
            seen=queries.digest_of(found),
            by=world.people["programme_manager"],
            at=places.due_day(world),
        )


@pytest.mark.at_week(36)
def test_approve_disposal_records_one_event_and_asks_the_worker(world: World) -> None:
    found = places.proposed(world)
    places.approve(found, world)

    event = Event.objects.filter(name="retention.disposal_approved").get()
    assert event.by_name == str(world.people["service_manager"])
    assert event.inspection_reference == world.inspection.reference
    assert Job.objects.filter(name="retention.dispose", key=str(found.pk)).count() == 1
    with pytest.raises(Refused, match="being destroyed"):
        places.approve(found, world)


@pytest.mark.at_week(36)
def test_a_legal_hold_stops_even_what_is_approved(world: World, media: None) -> None:
    found, manager = places.approve(places.proposed(world), world), world.people["service_manager"]
    at = places.due_day(world)
    holds.place_legal_hold(world.inspection, reason="An inquiry asks.", by=manager, at=at)
    job = Job.objects.get(name="retention.dispose")

    assert jobs.run(job.pk, now=at) is False
    job.refresh_from_db()
    assert "legal hold" in job.last_error
    assert not found.items.filter(disposed_at__isnull=False).exists()
    assert EvidenceItem.objects.exists()

    holds.lift_legal_hold(world.inspection, reason="It has ended.", by=manager, at=at)
    run_jobs(at + timedelta(minutes=2))
    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED


@pytest.mark.at_week(36)
def test_proceedings_stop_even_what_is_approved(world: World, media: None) -> None:
    """R52: the year has not begun while they run, whoever approved what before."""
    found, manager = places.approve(places.proposed(world), world), world.people["service_manager"]
    at = places.due_day(world)
    running = record_proceedings(world.inspection, title="An inquiry", by=manager, at=at)
    job = Job.objects.get(name="retention.dispose")

    assert jobs.run(job.pk, now=at) is False
    job.refresh_from_db()
    assert "not been finally determined" in job.last_error
    assert not found.items.filter(disposed_at__isnull=False).exists()

    end_proceedings(running, determined_on=at.date(), by=manager, at=at)
    assert jobs.run(job.pk, now=at + timedelta(minutes=2)) is False
    job.refresh_from_db()
    assert "What was obtained must be gone by" in job.last_error
    a_year_later = at + timedelta(days=366)
    disposal.dispose(found, at=a_year_later, heartbeat=lambda: None)
    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED


@pytest.mark.at_week(36)
def test_nothing_is_proposed_while_a_hold_stands_and_all_is_once_it_is_lifted(
    world: World,
) -> None:
    at, manager = places.due_day(world), world.people["programme_manager"]
    holds.place_legal_hold(world.inspection, reason="A complaint.", by=manager, at=at)
    disposal.look_for_due(at=at)
    assert not DisposalList.objects.filter(inspection=world.inspection).exists()

    holds.lift_legal_hold(world.inspection, reason="It was answered.", by=manager, at=at)
    disposal.look_for_due(at=at + timedelta(days=1))
    found = DisposalList.objects.get(inspection=world.inspection)
    assert found.items.filter(kind="documents.document").exists()
    of_it = Event.objects.filter(inspection_reference=world.inspection.reference)
    assert of_it.filter(name="retention.disposal_proposed").count() == 1


@pytest.mark.at_week(36)
def test_spare_item_keeps_it_until_its_day_and_then_proposes_it_again(
    world: World, media: None
) -> None:
    found, manager, at = places.proposed(world), world.people["service_manager"], places.due_day(world)  # fmt: skip
    item = found.items.filter(kind="evaluations.evidenceitem").first()
    day = (at + timedelta(days=90)).date()
    disposal.spare_item(item, look_again_on=day, reason="A complaint runs.", by=manager, at=at)
    with pytest.raises(Refused, match="taken off the list already"):
        disposal.spare_item(item, look_again_on=day, reason="Again.", by=manager, at=at)

    places.approve(found, world)
    run_jobs(at)

    assert str(EvidenceItem.objects.get().pk) == item.row_id
    assert not [one for one in disposal.look_for_due(at=at + timedelta(days=89)) if one.inspection]
    later = at + timedelta(days=90)
    again = next(one for one in disposal.look_for_due(at=later) if one.inspection)
    assert [one.kind for one in again.items.all()] == [item.kind]

    disposal.approve_disposal(again, seen=queries.digest_of(again), by=manager, at=later)
    run_jobs(later)
    assert not EvidenceItem.objects.exists()
    item.refresh_from_db()
    assert item.title == ""  # on the first list too


@pytest.mark.at_week(36)
def test_spare_item_is_refused_for_longer_than_a_year(world: World) -> None:
    found, at = places.proposed(world), places.due_day(world)
    with pytest.raises(Refused, match="within a year"):
        disposal.spare_item(
            found.items.first(),
            look_again_on=(at + timedelta(days=400)).date(),
            reason="Because.",
            by=world.people["service_manager"],
            at=at,
        )
