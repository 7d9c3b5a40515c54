"""The pages of keeping: what waits, what is held, one list from proposal to certificate, and the pages of an inspection."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from retention import queries
from retention.actions import disposal, holds
from retention.enums import DisposalState
from retention.models import DisposalList, LegalHold, Proceedings, Submission
from retention.queries import Due
from tests.client import StrictClient
from tests.jobs import run_jobs
from tests.media import move_in
from tests.scenes import do_jobs_of_story
from workspace.example.world import World

YEAR_LATER = 80  # counted weeks: inside the four weeks before the day, or after it


@pytest.fixture
def proposed(world: World, settings: Any, tmp_path: Path) -> DisposalList:
    """The list of the inspection, as the clock proposes it, and files of this test's own to destroy."""
    do_jobs_of_story(world)
    move_in(settings, tmp_path)
    disposal.look_for_due(at=world.now)
    return DisposalList.objects.get(inspection=world.inspection)


def _at(name: str, *args: Any) -> str:
    return reverse(f"retention:{name}", args=args)


def _said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _as(client: StrictClient, world: World, who: str) -> StrictClient:
    return client.as_(world.people[who])


@pytest.mark.at_week(3)
def test_keeping_says_that_nothing_is_due(world: World, client: StrictClient) -> None:
    said = _said(_as(client, world, "service_manager").get(_at("keeping")))
    assert "Nothing is due to be destroyed." in said
    assert "No list waits for approval." in said
    assert "No legal hold stands." in said
    assert "Nothing has been destroyed yet." in said
    assert "Collect what is held about a person" not in said  # the programme manager's deed


@pytest.mark.at_week(3)
def test_periods_says_of_every_table_how_long_and_how_it_goes(
    world: World, client: StrictClient
) -> None:
    said = _said(_as(client, world, "programme_manager").get(_at("periods")))
    assert "whichever is last." in said
    assert "(R" not in said
    assert "A person approves the list first, and a certificate follows." in said
    assert "For good, because it is published." in said


def test_periods_calls_every_table_by_words_of_people() -> None:
    """What comes with a library is named by us; of ours, what the code's name does not say."""
    foreign = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in queries.SIGNING_IN and not hasattr(model, "history_id")
    }
    assert foreign <= set(queries.CALLED)
    assert set(queries.CALLED) <= {model._meta.label for model in apps.get_models()}
    said = {word for table in queries.kept() for word in (table.title, table.app)}
    machine = {"Content types", "Content Types", "Authentication and Authorization", "MFA"}
    machine |= {"Social application tokens", "Social Accounts", "Users", "Chain heads", "Evidences"}
    assert not said & machine
    fields = {word for table in queries.kept() for word in (*table.personal, *table.special)}
    assert not fields & set(queries.FIELDS) - set(queries.FIELDS.values())


@pytest.mark.at_week(YEAR_LATER)
def test_approve_disposal_from_home_to_certificate(
    world: World, client: StrictClient, proposed: DisposalList
) -> None:
    _as(client, world, "service_manager")
    assert "Approve what is destroyed" in _said(client.get(reverse("workspace:home")))
    said = _said(client.get(proposed.get_absolute_url()))
    assert "never what is in them" in said
    assert "Go on to approve this list" in said
    said = _said(client.get(proposed.get_absolute_url() + "?kind=evaluations.evidenceitem"))
    assert "E-001" in said

    url = _at("approve-disposal", proposed.reference)
    page = client.get(url)
    seen = page.context["form"]["seen"].value()
    assert "Tick “I have looked at this list" in _said(client.post(url, {"seen": seen}))
    changed = client.post(url, {"seen": "something else", "sure": "on"})
    assert "The list has changed since this page was opened." in _said(changed)
    assert client.post(url, {"seen": seen, "sure": "on"}).status_code == 302
    again = client.post(url, {"seen": seen, "sure": "on"}, follow=True)
    assert "is approved already" in _said(again)

    run_jobs()
    said = _said(client.get(proposed.get_absolute_url()))
    proposed.refresh_from_db()
    assert f"Certificate of destruction {proposed.reference}" in said
    assert f"Event {proposed.anchor_number}" in said
    gone = proposed.items.exclude(sha256="").first()
    assert gone.sha256 in said
    assert gone.title == ""
    assert proposed.document is not None
    answer = client.get(reverse("documents:document", args=[proposed.document.public_id]))
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    said = _said(client.get(_at("inspection-keeping", world.inspection.reference)))
    assert f"Certificate of destruction {proposed.reference}" in said


@pytest.mark.at_week(YEAR_LATER)
def test_approve_disposal_is_not_offered_to_the_programme_manager(
    world: World, client: StrictClient, proposed: DisposalList
) -> None:
    said = _said(_as(client, world, "programme_manager").get(proposed.get_absolute_url()))
    assert "Only the service manager approves what is destroyed." in said
    refused = client.get(_at("approve-disposal", proposed.reference))
    assert refused.status_code == 403


@pytest.mark.at_week(YEAR_LATER)
def test_approve_disposal_says_that_a_hold_stands(
    world: World, client: StrictClient, proposed: DisposalList
) -> None:
    manager = world.people["service_manager"]
    holds.place_legal_hold(world.inspection, reason="An inquiry.", by=manager, at=world.now)
    said = _said(client.as_(manager).get(proposed.get_absolute_url()))
    assert "A legal hold stands since" in said
    keeping = _said(client.get(_at("keeping")))
    assert "Held back" in keeping
    assert "Overdue" not in keeping
    assert client.get(_at("approve-disposal", proposed.reference)).status_code == 403
    assert proposed.get_absolute_url() not in _said(client.get(reverse("workspace:home")))


@pytest.mark.at_week(YEAR_LATER)
def test_spare_item_asks_for_a_day_and_a_reason(
    world: World, client: StrictClient, proposed: DisposalList
) -> None:
    _as(client, world, "service_manager")
    item = proposed.items.filter(kind="documents.document").first()
    url = _at("spare-item", proposed.reference, item.pk)
    client.get(url)
    said = _said(client.post(url, {"look_again_on": "1 January 2020", "reason": "A complaint"}))
    assert "Choose a day after today." in said
    assert "A complaint" in said
    day = f"{world.now + timedelta(days=60):%-d %B %Y}"
    assert client.post(url, {"look_again_on": day, "reason": "A complaint"}).status_code == 302
    said = _said(client.get(proposed.get_absolute_url()))
    assert "Taken off this list" in said
    assert "because: “A complaint”" in said
    assert "already" in _said(client.get(url, follow=True))


@pytest.mark.at_week(YEAR_LATER)
@pytest.mark.slow
def test_every_room_of_the_inspection_still_opens_after_disposal(
    world: World, client: StrictClient, proposed: DisposalList
) -> None:
    disposal.approve_disposal(
        proposed,
        seen=queries.digest_of(proposed),
        by=world.people["service_manager"],
        at=world.now,
    )
    run_jobs()
    proposed.refresh_from_db()
    assert proposed.state == DisposalState.DISPOSED
    rooms = (
        "workspace:overview", "inspections:timetable", "inspections:team", "inspections:letters",
        "inspections:log", "evaluations:self-evaluation", "evaluations:receipt", "evaluations:evidence",
        "evaluations:evidence-coverage", "evaluations:evaluations", "reports:report",
        "reports:comments", "reports:published-report", "retention:inspection-keeping",
    )  # fmt: skip
    for who in ("service_manager", "lead", "coordinator"):
        _as(client, world, who)
        for name in rooms:
            answer = client.get(reverse(name, args=[world.inspection.reference]))
            assert answer.status_code in (200, 302, 403), f"{name} as {who}: {answer.status_code}"


@pytest.mark.at_week(14)
def test_place_legal_hold_and_lift_legal_hold_from_the_page(
    world: World, client: StrictClient
) -> None:
    _as(client, world, "programme_manager")
    reference = world.inspection.reference
    room = _at("inspection-keeping", reference)
    assert "No hold was ever placed" in _said(client.get(room))
    url = _at("place-legal-hold", reference)
    assert "Write the reason." in _said(client.post(url, {"reason": ""}))
    assert client.post(url, {"reason": "An inquiry asks for it."}).status_code == 302
    assert "is held since" in _said(client.post(url, {"reason": "Again"}, follow=True))
    assert "A legal hold stands" in _said(client.get(room))
    assert "An inquiry asks for it." in _said(client.get(_at("keeping")))

    client.get(_at("lift-legal-hold", reference))
    assert client.post(_at("lift-legal-hold", reference), {"reason": "Over"}).status_code == 302
    assert "No legal hold stands" in _said(client.get(_at("lift-legal-hold", reference), follow=True))  # fmt: skip
    assert LegalHold.objects.get().lifted_because == "Over"


@pytest.mark.at_week(36)
def test_record_submission_and_proceedings_from_the_page(
    world: World, client: StrictClient
) -> None:
    _as(client, world, "service_manager")
    reference = world.inspection.reference
    url = _at("record-submission", reference)
    client.get(url)
    late = client.post(url, {"submitted_on": f"{world.now + timedelta(days=3):%-d %B %Y}"})
    assert "still to come" in _said(late)
    assert client.post(url, {"submitted_on": f"{world.now:%-d %B %Y}"}).status_code == 302
    assert Submission.objects.get().submitted_on == world.now.date()

    client.get(_at("record-proceedings", reference))
    client.post(_at("record-proceedings", reference), {"title": "An inquiry"})
    found = Proceedings.objects.get()
    assert "An inquiry" in _said(client.get(_at("inspection-keeping", reference)))
    url = _at("end-proceedings", reference, found.pk)
    client.get(url)
    assert client.post(url, {"determined_on": f"{world.now:%-d %B %Y}"}).status_code == 302
    assert "were determined on" in _said(client.get(url, follow=True))


@pytest.mark.at_week(14)
def test_keeping_of_an_inspection_is_refused_to_the_team_and_hidden_from_strangers(
    world: World, client: StrictClient
) -> None:
    url = _at("inspection-keeping", world.inspection.reference)
    assert _as(client, world, "lead").get(url).status_code == 403
    assert _as(client, world, "other_lead").get(url).status_code == 404
    assert _as(client, world, "lead").get(_at("keeping")).status_code == 403


# ---------- Lists at two sizes ----------


def _count(client: StrictClient, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def _finished(world: World, number: int) -> None:
    """One more certificate, of what belongs to no inspection."""
    rows = [Due("accounts.user", str(world.people["other_lead"].pk), "Somebody", None, "")]
    found = disposal.propose_disposal(None, due_on=world.now.date(), rows=rows, at=world.now)
    disposal.approve_disposal(
        found, seen=queries.digest_of(found), by=world.people["service_manager"], at=world.now
    )
    found.items.update(row_id=str(10_000 + number))  # nobody of that number: nothing is closed
    disposal.dispose(found, at=world.now, heartbeat=lambda: None)


@pytest.mark.at_week(14)
def test_keeping_asks_the_same_for_one_and_for_three(world: World, client: StrictClient) -> None:
    _as(client, world, "service_manager")
    _finished(world, 0)
    client.get(_at("keeping"))
    assert _count(client, _at("keeping")) == 8
    _finished(world, 1)
    _finished(world, 2)
    assert _count(client, _at("keeping")) == 8


@pytest.mark.at_week(14)
def test_a_list_asks_the_same_for_one_thing_and_for_three(
    world: World, client: StrictClient
) -> None:
    _as(client, world, "service_manager")
    counts = []
    for many in (1, 3):
        rows = [Due("evaluations.answer", str(n), f"Question {n}", None, "") for n in range(many)]
        found = disposal.propose_disposal(
            world.inspection, due_on=world.now.date(), rows=rows, at=world.now
        )
        url = f"{found.get_absolute_url()}?kind=evaluations.answer"
        client.get(url)
        counts.append(_count(client, url))
        found.items.all().delete()
        disposal.drop_disposal(found, at=world.now)
    assert counts == [14, 14]


@pytest.mark.at_week(14)
def test_disposal_of_accounts_closes_only_those_that_nobody_uses(world: World) -> None:
    stranger = world.people["other_lead"]
    later = world.now + timedelta(days=400)
    disposal.look_for_due(at=later)
    found = DisposalList.objects.get(inspection=None)
    accounts = set(found.items.filter(kind="accounts.user").values_list("row_id", flat=True))
    assert str(stranger.pk) in accounts
    assert str(world.people["lead"].pk) not in accounts  # works on an inspection
    assert str(world.people["service_manager"].pk) not in accounts  # holds an office

    coordinator = world.people["other_coordinator"]
    disposal.approve_disposal(
        found, seen=queries.digest_of(found), by=world.people["service_manager"], at=later
    )
    coordinator.last_login = later - timedelta(days=1)  # signs in again between approval and worker
    coordinator.save()
    disposal.dispose(found, at=later, heartbeat=lambda: None)

    stranger.refresh_from_db()
    coordinator.refresh_from_db()
    assert (stranger.is_active, stranger.telephone, stranger.name) == (False, "", "Somebody who left")  # fmt: skip
    assert stranger.email.endswith("@closed.invalid")
    assert not stranger.has_usable_password()
    assert coordinator.is_active
    assert not found.items.filter(row_id=str(coordinator.pk)).exists()
    assert not Document.objects.filter(holder_type="retention.disposallist").exists()
