"""One letter a day for whoever wants it: what can wait waits, the rest does not, nothing is lost and nothing comes twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.actions.letters import choose_letters
from accounts.queries import letters_to
from core import mail
from core.letters import DIGEST
from core.models import Letter
from core.verdicts import Refused
from inspections import emails
from inspections.models import DateChange
from tests.client import StrictClient
from tests.concerns.raised import raised
from tests.inspections import record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(5)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2025."""
    return timezone.make_aware(datetime.combine(date(2025, 10, day), time(hour, minute)))


def once_a_day(world: World, key: str = "lead", *, choice: bool = True, now: Any = None) -> None:
    person = world.people[key]
    choose_letters(person, once_a_day=choice, by=person, at=now or world.now)


def write(world: World, number: int, *, now: datetime, key: str = "lead", **changes: Any) -> Letter:
    """A letter of a kind that can wait."""
    usual = {
        "template": "evaluations/parts_given",
        "to": world.people[key].email,
        "context": {
            "inspection": world.inspection,
            "to": world.people[key],
            "agency": "NHS",
            "questions": f"question {number}",
            "link": "http://testserver/",
        },
        "key": f"trial:{number}",
        "subject_reference": world.inspection.reference,
        "now": now,
    }
    return mail.post(**{**usual, **changes})


def came(world: World, key: str = "lead") -> list[str]:
    """The subjects of what came to the inbox, in order."""
    return [one.subject for one in outbox.outbox if one.to == [world.people[key].email]]


@pytest.fixture(autouse=True)
def _post_is_empty(world: World) -> None:
    run_jobs(world.now)
    Letter.objects.all().delete()
    outbox.outbox.clear()


def test_choose_letters(world: World) -> None:
    lead, before = world.people["lead"], record.count()
    undone(lambda: once_a_day(world))
    assert record.count() == before
    once_a_day(world)
    once_a_day(world)
    assert record.last_sentence() == (
        "Isla Dunmore chose how their letters come: one letter a day."
    )
    assert record.count() == before + 1
    with pytest.raises(Refused, match="Only the person"):
        choose_letters(lead, once_a_day=False, by=world.people["depute"], at=world.now)


def test_what_can_wait_comes_once_at_half_past_seven(world: World) -> None:
    once_a_day(world)
    letters = [write(world, number, now=at(6, 9, number)) for number in (1, 2, 3)]
    run_jobs(at(6, 18))
    assert came(world) == []
    assert set(mail.stands_of(letters).values()) == {mail.Stand.FOR_THE_DAY}
    assert letters_to(world.people["lead"]).count() == 3
    run_jobs(at(7, 7, 29))
    assert came(world) == []
    run_jobs(at(7, 7, 30))
    assert came(world) == ["Joint inspections, Tuesday 7 October 2025: 3 messages"]
    body = next(one.body for one in outbox.outbox if one.to == [world.people["lead"].email])
    assert [f"question {number} of the joint" in body for number in (1, 2, 3)] == [True] * 3
    for hour in (7, 8, 12):
        run_jobs(at(7, hour, 45))
    run_jobs(at(8, 9))
    assert len(came(world)) == 1
    letters = list(Letter.objects.filter(key__startswith="trial:"))
    assert {one.sent_at for one in letters} == {at(7, 7, 30)}
    assert Letter.objects.get(template=DIGEST).body == mail.BROUGHT
    assert letters_to(world.people["lead"]).count() == 3


def test_one_letter_alone_goes_as_it_is(world: World) -> None:
    once_a_day(world)
    one = write(world, 1, now=at(6, 9))
    run_jobs(at(7, 7, 30))
    assert came(world) == [one.subject]
    assert not Letter.objects.filter(template=DIGEST).exists()


def test_an_outage_is_caught_up_and_what_came_after_the_hour_waits_for_the_next(
    world: World,
) -> None:
    once_a_day(world)
    for number in (1, 2):
        write(world, number, now=at(6, 9))
    write(world, 3, now=at(9, 8))
    write(world, 4, now=at(9, 8, 30))
    run_jobs(at(9, 11))
    assert [subject[-10:] for subject in came(world)] == ["2 messages"]
    run_jobs(at(10, 7, 31))
    assert [subject[-10:] for subject in came(world)] == ["2 messages", "2 messages"]


def test_what_cannot_wait_goes_at_once(world: World) -> None:
    once_a_day(world)
    now = at(6, 9)
    raised(world, at=now)
    write(world, 1, now=now, at_once=True)
    write(world, 2, now=now, forget=True)
    write(
        world,
        3,
        now=now,
        template="inspections/step_overdue",
        context={"step": world.inspection.steps.first(), "to": world.people["lead"]},
    )
    run_jobs(now)
    assert len(came(world)) == 4
    assert any("a concern waits" in subject for subject in came(world))


def test_whoever_chose_nothing_has_each_at_once(world: World) -> None:
    once_a_day(world)
    write(world, 1, now=at(6, 9), key="inspector")
    run_jobs(at(6, 9))
    assert len(came(world, "inspector")) == 1


def test_choosing_at_once_again_sends_what_waits(world: World) -> None:
    once_a_day(world)
    for number in (1, 2):
        write(world, number, now=at(6, 9))
    once_a_day(world, choice=False, now=at(6, 10))
    run_jobs(at(6, 10))
    assert len(came(world)) == 2
    run_jobs(at(7, 8))
    assert len(came(world)) == 2


def test_what_waits_for_an_address_that_is_nobodys_any_more_goes_all_the_same(
    world: World,
) -> None:
    once_a_day(world)
    write(world, 1, now=at(6, 9))
    lead = world.people["lead"]
    old, lead.email = lead.email, "isla.new@careinspectorate.example"
    lead.save()
    run_jobs(at(6, 9, 1))
    assert [one.to for one in outbox.outbox].count([old]) == 1


@pytest.mark.parametrize(
    ("stood", "stands", "waits"),
    [
        (date(2025, 11, 3), date(2025, 11, 10), True),
        (date(2025, 10, 13), date(2025, 11, 10), False),
        (date(2025, 11, 3), date(2025, 10, 8), False),
        (date(2025, 10, 14), date(2025, 11, 10), True),
    ],
)
def test_a_date_within_five_working_days_is_told_at_once(
    world: World, stood: date, stands: date, waits: bool
) -> None:
    once_a_day(world)
    version, step = world.inspection.versions.last(), world.inspection.steps.first()
    change = DateChange(
        version=version,
        step=step,
        stood_from_on=stood,
        stood_until_on=stood,
        starts_on=stands,
        ends_on=stands,
    )
    emails.dates_changed(version, [change], to=world.people["lead"], at=at(6, 9))
    assert Letter.objects.get(template="inspections/dates_changed").waits == waits


@pytest.mark.parametrize(("days", "waits"), [(7, True), (2, False), (0, False)])
def test_a_reminder_of_the_last_two_days_goes_at_once(world: World, days: int, waits: bool) -> None:
    once_a_day(world)
    step = world.inspection.steps.exclude(ends_on=None).first()
    today = step.ends_on - timedelta(days=days)
    emails.step_due(step, to=world.people["lead"], today=today)
    assert Letter.objects.get(template="inspections/step_due").waits == waits


def test_the_letter_of_the_day_is_drawn_whole_or_not_at_all(world: World) -> None:
    """The worker dies between the letter and what it brings: both are undone, and the next round writes them once."""
    once_a_day(world)
    for number in (1, 2):
        write(world, number, now=at(6, 9))

    def dies(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and "brought_by" in sql.partition("WHERE")[0]:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    address = world.people["lead"].email
    with connection.execute_wrapper(dies), pytest.raises(KeyboardInterrupt):
        mail.draw_letter_of_the_day(address, now=at(7, 7, 30))
    assert not Letter.objects.filter(template=DIGEST).exists()
    run_jobs(at(7, 7, 31))
    assert len(came(world)) == 1


def test_the_page_of_the_choice(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    address = reverse("accounts:choose-letters")
    page = client.get(address).content.decode()
    assert "A child may be at risk: it goes at once, whatever was chosen." in page
    assert "There is a problem" in client.post(address, {}).content.decode()
    for _ in range(2):
        done = client.post(address, {"once_a_day": "True"}, follow=True).content.decode()
        assert "comes with one letter a day, at 07:30." in done
    assert "One letter a day" in client.get(reverse("accounts:edit-details")).content.decode()
    back = client.post(address, {"once_a_day": "False"}, follow=True).content.decode()
    assert "What waited is on its way." in back
