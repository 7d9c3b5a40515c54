"""What went out about an inspection, and what happened outside: who reads what of it, and that it stays."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from core import mail
from core.letters import KINDS
from core.models import Job, JobState, Letter
from core.verdicts import Refused
from inspections.actions.correspondence import correct_correspondence, record_correspondence
from inspections.models import CorrespondenceEntry
from tests.client import StrictClient
from tests.concerns.raised import raised
from tests.house.source import ROOT
from tests.inspections import record
from tests.inspections.invited import NEW, invite, link_in_the_post, url
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(5)

SAID = {
    "happened_on": date(2025, 9, 30),
    "direction": "to_us",
    "means": "call",
    "with_whom": "Morag Tulloch, chief social work officer",
    "about": "Rooms for the on-site weeks",
    "words": "She offers the library on Tuesdays.",
}


def page(world: World, client: StrictClient, key: str, **query: Any) -> str:
    return client.as_(world.people[key]).get(url(world, "correspondence"), query).content.decode()


def put_on_record(world: World, **changes: Any) -> CorrespondenceEntry:
    usual = {**SAID, "by": world.people["support_officer"], "at": world.now}
    return record_correspondence(world.inspection, **{**usual, **changes})


def letter(world: World, to: str, *, template: str, key: str, subject: str) -> Letter:
    found: Letter = Letter.objects.create(
        key=key,
        template=template,
        to=to,
        subject=subject,
        body=f"The words of {subject}.",
        subject_reference=world.inspection.reference,
        created_at=world.now,
        sent_at=world.now,
    )
    return found


def test_every_letter_of_the_product_has_its_kind() -> None:
    folder = ROOT / "templates/emails"
    written = {
        path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*/*.txt")
    }
    assert written == set(KINDS)
    assert all(kind.title and kind.why.endswith(".") for kind in KINDS.values())
    assert not any(kind.waits for name, kind in KINDS.items() if name.startswith("concerns/"))


def test_the_lead_reads_what_went_out_to_whom_and_its_words(
    world: World, client: StrictClient
) -> None:
    lead = world.people["lead"]
    letter(world, lead.email, template="inspections/step_due", key="mine", subject="Mine alone")
    found = page(world, client, "lead")
    assert "A date is near, to Isla Dunmore, the inspectorates." in found
    assert "The words of Mine alone." in found
    assert "Sent on " in found
    read = Event.objects.get(name="inspections.correspondence_read")
    assert narrate(read) == "Isla Dunmore read the correspondence."


def test_a_secret_link_is_never_shown_sent_or_not(world: World, client: StrictClient) -> None:
    invite(world)
    waiting = page(world, client, "lead")
    assert "Waiting to be sent." in waiting
    assert "/join/" not in waiting
    secret = link_in_the_post()
    sent = page(world, client, "lead")
    assert secret not in sent
    assert f"to Rona Brae ({NEW})" in sent
    assert "The words of this letter were for the inbox alone" in sent


def test_the_co_ordinator_reads_what_went_to_the_partnership_and_nothing_else(
    world: World, client: StrictClient
) -> None:
    people = world.people
    for key in ("lead", "inspector", "service_manager", "coordinator", "chief_officer"):
        letter(
            world,
            people[key].email.upper(),
            template="inspections/dates_changed",
            key=key,
            subject=f"About {key}",
        )
    put_on_record(world)
    theirs = page(world, client, "coordinator")
    assert "About coordinator" in theirs
    assert "About chief_officer" in theirs
    for hidden in ("About lead", "About inspector", "About service_manager", "library", "Outside"):
        assert hidden not in theirs
    assert f"({people['lead'].email})" not in theirs
    assert people["inspector"].email not in theirs
    everything = page(world, client, "support_officer")
    assert "About lead" in everything
    assert "library" in everything
    # The number of a letter of the other side opens nothing either.
    hidden_one = Letter.objects.get(key="lead")
    assert "About lead" not in page(world, client, "coordinator", to=hidden_one.pk)
    assert "About lead" not in page(world, client, "coordinator", side="inspectorates")


def test_letters_of_concerns_are_for_those_who_open_concerns(
    world: World, client: StrictClient
) -> None:
    raised(world)
    run_jobs(world.now)
    assert Letter.objects.filter(template="concerns/concern_waits").exists()
    assert "a concern waits" in page(world, client, "lead")
    for key in ("support_officer", "coordinator"):
        found = page(world, client, key)
        assert "a concern" not in found.lower()
        asked = page(world, client, key, kind="concerns/concern_waits")
        assert "is not one of the available choices" in asked
        assert "a concern waits" not in asked


def test_the_correspondence_is_filtered(world: World, client: StrictClient) -> None:
    invite(world)
    run_jobs(world.now)
    put_on_record(world)
    lead = world.people["lead"]
    letter(world, lead.email, template="inspections/step_due", key="mine", subject="Mine alone")
    first = Letter.objects.filter(to=lead.email).order_by("pk")[0].pk
    mine = page(world, client, "lead", to=first)
    assert "Mine alone" in mine
    assert "Invitation:" not in mine
    assert "library" not in mine
    assert "Mine alone" in page(world, client, "lead", kind="inspections/step_due")
    outside = page(world, client, "lead", kind="outside")
    assert "library" in outside
    assert "Mine alone" not in outside
    assert "Mine alone" not in page(world, client, "lead", side="partnership")
    assert "Mine alone" in page(world, client, "lead", side="inspectorates")
    assert "No message is like that." in page(
        world, client, "lead", kind="inspections/step_due", side="partnership"
    )
    assert "There is a problem" in page(world, client, "lead", kind="nothing/like_it")


def test_the_list_is_paged_and_costs_the_same_when_it_grows(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    address = url(world, "correspondence")
    put_on_record(world)
    client.get(address)

    def costs() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    before = costs()

    def grow(many: int) -> None:
        for number in range(many):
            letter(
                world,
                f"somebody{many}.{number}@glenmarrow.example",
                template="inspections/step_due",
                key=f"{many}.{number}",
                subject=f"No {number}",
            )
            put_on_record(world, about=f"Call {many} {number}")

    grow(3)
    assert costs() == before
    grow(60)
    assert "1 to 50 on this page" in client.get(address).content.decode()
    assert "page=1" in client.get(address, {"page": 2}).content.decode()


def test_where_a_letter_stands(world: World) -> None:
    one = mail.post(
        template="inspections/interest_decided",
        to="somebody@glenmarrow.example",
        context={"declaration": {"person": {"name": "Ann"}}, "inspection": world.inspection},
        key="stand",
        now=world.now,
    )
    job = Job.objects.get(key=f"letter:{one.pk}")

    def stand(state: str, attempts: int) -> mail.Stand:
        Job.objects.filter(pk=job.pk).update(
            state=state, claimed_by="x", claimed_until=world.now + timedelta(minutes=5)
        )
        one.attempts = attempts
        return mail.stands_of([one])[one.pk]

    assert stand(JobState.QUEUED, 0) == mail.Stand.WAITING
    assert stand(JobState.RUNNING, 1) == mail.Stand.WAITING
    assert stand(JobState.QUEUED, 1) == mail.Stand.FAILED
    assert stand(JobState.FAILED, 8) == mail.Stand.GIVEN_UP
    Job.objects.filter(pk=job.pk).delete()
    assert mail.stands_of([one])[one.pk] == mail.Stand.GIVEN_UP
    one.sent_at = world.now
    assert mail.stands_of([one])[one.pk] == mail.Stand.SENT


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("support_officer", 200),
        ("depute", 200),
        ("coordinator", 200),
        ("inspector", 403),
        ("service_manager", 403),
        ("other_lead", 404),
    ],
)
def test_who_reads_the_correspondence(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    found = client.as_(world.people[key]).get(url(world, "correspondence"))
    assert found.status_code == status


def test_record_correspondence(world: World) -> None:
    before = record.count()
    undone(lambda: put_on_record(world))
    assert (record.count(), CorrespondenceEntry.objects.count()) == (before, 0)
    entry = put_on_record(world)
    assert record.last_sentence() == (
        f"{world.people['support_officer'].name} put on record what happened outside: "
        "telephone call of 30 September 2025."
    )
    assert put_on_record(world, at=world.now + timedelta(seconds=5)).pk == entry.pk
    assert put_on_record(world, at=world.now + timedelta(minutes=5)).pk != entry.pk
    assert record.count() == before + 2


def test_record_correspondence_is_refused_for_a_day_to_come_and_to_others(world: World) -> None:
    with pytest.raises(Refused, match="is still to come"):
        put_on_record(world, happened_on=world.now.date() + timedelta(days=1))
    for key in ("coordinator", "inspector", "service_manager"):
        with pytest.raises(Refused, match="puts on record"):
            put_on_record(world, by=world.people[key])


def test_what_was_put_on_record_is_never_changed(world: World) -> None:
    entry = put_on_record(world)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        CorrespondenceEntry.objects.filter(pk=entry.pk).update(words="Something else.")


def test_correct_correspondence(world: World, client: StrictClient) -> None:
    entry = put_on_record(world)
    given = {
        **SAID,
        "words": "She offers the town hall.",
        "reason": "I misheard.",
        "by": world.people["lead"],
        "at": world.now,
    }
    before = record.count()
    undone(lambda: correct_correspondence(entry, **given))
    assert (record.count(), CorrespondenceEntry.objects.count()) == (before, 1)
    instead = correct_correspondence(entry, **given)
    assert record.last_sentence() == (
        "Isla Dunmore corrected what was on record of outside: telephone call of 30 September 2025 "
        "is now telephone call of 30 September 2025."
    )
    with pytest.raises(Refused, match="corrected already"):
        correct_correspondence(entry, **given)
    found = page(world, client, "support_officer")
    assert "<s>She offers the library on Tuesdays.</s>" in found
    assert "because: “I misheard.”" in found
    assert "She offers the town hall." in found
    assert instead.corrects_id == entry.pk
    again = client.get(url(world, "correct-correspondence", entry.pk), follow=True)
    assert "This was corrected already." in again.content.decode()


def test_the_pages_put_on_record_and_correct(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    address = url(world, "record-correspondence")
    typed = {**SAID, "happened_on": "30 February 2025"}
    refused = client.post(address, typed).content.decode()
    assert "There is a problem" in refused
    assert "She offers the library on Tuesdays." in refused
    ahead = client.post(address, {**SAID, "happened_on": "1 December 2026"}).content.decode()
    assert "is still to come" in ahead
    done = client.post(address, {**SAID, "happened_on": "30 September 2025"}, follow=True)
    assert "It is on record, and stays as you wrote it." in done.content.decode()
    entry = CorrespondenceEntry.objects.get()
    correct = url(world, "correct-correspondence", entry.pk)
    assert "She offers the library" in client.get(correct).content.decode()
    without = client.post(correct, {**SAID, "happened_on": "30 September 2025"}).content.decode()
    assert "There is a problem" in without
    assert (
        "is still to come"
        in client.post(
            correct, {**SAID, "happened_on": "1 December 2026", "reason": "Wrong day"}
        ).content.decode()
    )
    client.post(correct, {**SAID, "happened_on": "29 September 2025", "reason": "Wrong day"})
    assert CorrespondenceEntry.objects.filter(corrects=entry).count() == 1
    assert client.get(url(world, "correct-correspondence", 999_999)).status_code == 404
    assert re.search("Wrong day", client.get(url(world, "correspondence")).content.decode())
    assert client.as_(world.people["other_lead"]).get(address).status_code == 404
    assert (
        reverse("inspections:record-correspondence", args=[world.inspection.reference]) == address
    )
