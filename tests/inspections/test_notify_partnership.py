"""Notifying the partnership: the deed that every other deed imitates, and so do its tests."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.urls import reverse

from accounts.models import User
from core.jobs import run_due
from core.models import Job, JobState, Letter
from core.pdf import pdf_available
from core.verdicts import Refused
from documents.models import Document
from inspections import permissions, rules
from inspections.actions.notification import notify_partnership
from inspections.enums import InspectionState, StepState
from inspections.models import (
    Addressee,
    Inspection,
    Membership,
    Notification,
    NotificationLetter,
    SchoolHolidayWeek,
)
from inspections.tasks import send_notification_letter
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

FRIDAY = date(2025, 8, 29)
INVITE = "Invite the inspection co-ordinator"
DONE = "The partnership of Glenmarrow is notified. Five letters are on their way."


def notify(world: World) -> Notification:
    """The lead notifies, now."""
    return notify_partnership(world.inspection, by=world.people["lead"], at=world.now)


def url(world: World, name: str = "notify-partnership") -> str:
    return reverse(f"inspections:{name}", args=[world.inspection.reference])


def notifications() -> list[Any]:
    """The e-mails that bring the letters, among whatever else was sent."""
    subject = (
        "Joint inspection of services for children and young people in Glenmarrow: notification"
    )
    return [message for message in outbox.outbox if message.subject == subject]


# ---------- The rule ----------


def blank_addressee(world: World) -> None:
    Addressee.objects.filter(office="chief_constable").update(name=" ")


def no_support_officer(world: World) -> None:
    Membership.objects.filter(role="support_officer").delete()


def no_telephone(world: World) -> None:
    User.objects.filter(pk=world.people["lead"].pk).update(telephone="")


def school_holiday(world: World) -> None:
    SchoolHolidayWeek.objects.create(area=world.area, monday=date(2025, 8, 25), name="Local week")


def nothing(world: World) -> None:
    return None


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("change", "on", "sentence", "source"),
    [
        (nothing, FRIDAY, "", ""),
        (
            blank_addressee,
            FRIDAY,
            "These addressees have no name or no e-mail address yet: Chief Constable of Police Scotland.",
            "R13",
        ),
        (no_support_officer, FRIDAY, "The team has no strategic support officer yet.", "R3"),
        (
            no_telephone,
            FRIDAY,
            "The letter carries the telephone number of the lead and of the support officer. Missing: Isla Dunmore.",
            "R14",
        ),
        (
            nothing,
            FRIDAY + timedelta(days=1),
            "Saturday 30 August 2025 is a weekend or a public holiday. Choose a working day.",
            "",
        ),
        (
            school_holiday,
            FRIDAY,
            "Friday 29 August 2025 is in a school-holiday week of Glenmarrow, which takes no number. "
            "Choose a week that counts.",
            "R6",
        ),
    ],
)
def test_may_notify_partnership(
    world: World, change: Callable[[World], None], on: date, sentence: str, source: str
) -> None:
    change(world)
    verdict = rules.may_notify_partnership(world.inspection, on=on)
    assert (bool(verdict), verdict.sentence, verdict.source) == (not sentence, sentence, source)


@pytest.mark.at_week(0)
def test_may_notify_partnership_names_everything_that_is_missing(world: World) -> None:
    blank_addressee(world)
    no_telephone(world)
    sentence = rules.may_notify_partnership(world.inspection, on=FRIDAY).sentence
    assert "Missing: Isla Dunmore." in sentence
    assert "Chief Constable of Police Scotland." in sentence


@pytest.mark.at_week(1)
def test_may_notify_partnership_only_once(world: World) -> None:
    verdict = rules.may_notify_partnership(world.inspection, on=FRIDAY)
    assert verdict.sentence == "The partnership of Glenmarrow was notified on 1 September 2025."


@pytest.mark.at_week(0)
def test_may_notify_partnership_without_ministers_is_advised_against_and_not_held(
    world: World,
) -> None:
    Inspection.objects.update(requested_on=None)
    inspection = Inspection.objects.get()
    assert not rules.ministers_asked(inspection)
    assert rules.may_notify_partnership(inspection, on=FRIDAY)


# ---------- Who ----------

ALLOWED = {"lead"}


@pytest.mark.at_week(0)
def test_can_notify_partnership(world: World) -> None:
    verdicts = {
        key: permissions.can_notify_partnership(person, world.inspection, on=FRIDAY)
        for key, person in world.people.items()
    }
    assert {key for key, verdict in verdicts.items() if verdict} == ALLOWED
    refusals = {verdict.sentence for verdict in verdicts.values() if not verdict}
    assert refusals == {"Only the inspection lead notifies the partnership."}


# ---------- The deed ----------


@pytest.mark.at_week(0)
def test_notify_partnership_starts_the_clock(world: World) -> None:
    before = record.count()
    notification = notify(world)

    inspection = Inspection.objects.get()
    assert inspection.state == InspectionState.NOTIFIED
    assert (inspection.notified_on, inspection.state_since) == (FRIDAY, world.now)
    assert inspection.framework_key == "2019"
    assert (notification.sent_by, notification.sent_at) == (world.people["lead"], world.now)
    assert inspection.steps.count() == inspection.method.steps.count() == 44
    first = inspection.steps.get(key="notification")
    assert (first.state, first.done_by, first.starts_on) == (
        StepState.DONE,
        world.people["lead"],
        FRIDAY,
    )
    assert record.count() == before + 1
    event = record.last_event()
    assert (event.by_id, event.at, event.inspection_reference) == (
        world.people["lead"].pk,
        world.now,
        inspection.reference,
    )
    assert record.last_sentence() == "Isla Dunmore notified the partnership of Glenmarrow."


@pytest.mark.at_week(0)
def test_notify_partnership_keeps_the_words_of_five_letters(world: World) -> None:
    notify(world)

    letters = list(NotificationLetter.objects.all())
    assert [letter.office for letter in letters] == [
        "cpp_chair",
        "council_chief_executive",
        "health_board_chief_executive",
        "chief_constable",
        "principal_reporter",
    ]
    for letter in letters:
        assert f"Dear {letter.name}," in letter.html
        for key in ("lead", "support_officer"):
            person = world.people[key]
            assert f"{person.name}, {person.telephone}, {person.email}" in letter.html
        assert "is an invented area" in letter.html


@pytest.mark.at_week(0)
def test_notify_partnership_asks_the_ledger_for_five_letters_after_commit(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    Letter.objects.all().delete()
    with django_capture_on_commit_callbacks() as callbacks:
        notify(world)

    jobs = Job.objects.filter(name="inspections.send_notification_letter")
    assert [job.state for job in jobs] == [JobState.QUEUED] * 5
    assert len(callbacks) == 5
    assert not Letter.objects.exists()
    assert outbox.outbox == []


@pytest.mark.at_week(0)
def test_notify_partnership_letters_are_drawn_and_posted_once(world: World) -> None:
    notify(world)
    run_jobs()
    for letter in NotificationLetter.objects.all():
        send_notification_letter(letter=letter.pk, now=world.now)
    run_jobs()

    assert Document.objects.count() == 5
    assert len(notifications()) == 5
    by_address = {message.to[0]: message for message in notifications()}
    for letter in NotificationLetter.objects.select_related("document"):
        message = by_address[letter.email]
        name, content, kind = message.attachments[0]
        assert len(message.attachments) == 1
        assert (kind, content[:5]) == ("application/pdf", b"%PDF-")
        assert letter.document and name == letter.document.name
        assert f"Dear {letter.name}," in message.body


@pytest.fixture
def pango(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The machine's own loader of libraries, without Pango until it is installed."""
    load, installed = ctypes.CDLL, []

    def without_pango(name: str, *rest: Any) -> Any:
        if "pango-1.0" in name and not installed:
            raise OSError(name)
        return load(name, *rest)

    monkeypatch.setattr(ctypes, "CDLL", without_pango)
    return installed


@pytest.mark.at_week(0)
def test_notify_partnership_letters_wait_for_pango_and_go_by_themselves(
    world: World, pango: list[bool]
) -> None:
    notify(world)
    for hour in range(12):
        run_due(world.now + timedelta(hours=hour))
    waiting = Job.objects.filter(name="inspections.send_notification_letter")
    assert [(job.state, job.attempts) for job in waiting] == [(JobState.QUEUED, 0)] * 5
    assert {job.last_error for job in waiting} == {str(pdf_available())[:300]}
    assert (Document.objects.count(), notifications()) == (0, [])

    pango.append(True)
    run_due(world.now + timedelta(hours=13))
    assert Document.objects.count() == 5
    assert len(notifications()) == 5


@pytest.mark.at_week(0)
def test_notify_partnership_page_says_before_that_the_letters_would_wait(
    world: World, client: StrictClient, pango: list[bool]
) -> None:
    client.as_(world.people["lead"])
    page = client.get(url(world)).content.decode()
    assert "Read this first." in page
    assert "the system library libpango-1.0 is missing. All five wait, none goes alone" in page
    assert "apt-get install --no-install-recommends libpango-1.0-0" in page
    assert "Notify the partnership</button>" in page

    page = client.post(url(world), follow=True).content.decode()
    assert "Five letters wait to be drawn." in page
    assert "Not every letter has left yet." in page
    assert "kept as they were sent" not in page
    assert page.count("It waits to be drawn.") == 5
    run_due(world.now)
    pango.append(True)
    page = client.get(url(world, "letters")).content.decode()
    assert "apt-get install" not in page
    assert page.count("Being drawn and posted") == 5


@pytest.mark.at_week(0)
def test_letters_can_be_drawn_where_nothing_is_missing(world: World, client: StrictClient) -> None:
    assert rules.letters_can_be_drawn()
    page = client.as_(world.people["lead"]).get(url(world)).content.decode()
    assert "Read this first." not in page


@pytest.mark.at_week(0)
def test_notify_partnership_letters_go_even_if_the_lead_has_changed_meanwhile(world: World) -> None:
    notify(world)
    gone = Membership.objects.filter(role__in=["inspection_lead", "support_officer"])
    gone.update(ended_at=world.now, ended_by=world.people["programme_manager"])
    run_jobs()

    assert len(notifications()) == 5
    assert "Inspection lead: Isla Dunmore" in notifications()[0].body
    assert "Strategic support officer:" not in notifications()[0].body


@pytest.mark.at_week(0)
def test_notify_partnership_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), Job.objects.count()
    undone(lambda: notify(world))
    assert Inspection.objects.get().state == InspectionState.PLANNED
    assert not Notification.objects.exists()
    assert not Inspection.objects.get().steps.exists()
    assert (record.count(), Job.objects.count()) == before


@pytest.mark.at_week(0)
def test_notify_partnership_asks_the_rule_again(world: World) -> None:
    blank_addressee(world)
    before = record.count()
    with pytest.raises(Refused, match="Chief Constable"):
        notify(world)
    assert not Notification.objects.exists()
    assert record.count() == before


# ---------- The page ----------


@pytest.mark.at_week(0)
def test_notify_partnership_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    page = client.get(url(world)).content.decode()
    assert "Five letters go at once, and week 1 is the week of today" in page
    assert "Notify the partnership</button>" in page

    response = client.post(url(world), follow=True)

    assert response.redirect_chain == [(url(world, "letters"), 302)]
    assert DONE in response.content.decode()
    assert NotificationLetter.objects.count() == 5


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["depute", "support_officer", "inspector"])
def test_notify_partnership_refuses_a_colleague_with_the_reason(
    world: World, client: StrictClient, key: str
) -> None:
    client.as_(world.people[key])
    page = client.get(url(world))
    assert (page.status_code, "Notify the partnership</button>" in page.content.decode()) == (
        200,
        False,
    )
    response = client.post(url(world))
    assert response.status_code == 403
    assert "Only the inspection lead notifies the partnership." in response.content.decode()
    assert not Notification.objects.exists()


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["volunteer", "programme_manager"])
def test_notify_partnership_is_a_room_of_the_team(
    world: World, client: StrictClient, key: str
) -> None:
    response = client.as_(world.people[key]).get(url(world))
    assert response.status_code == 403
    assert (
        "Only the inspectors, the associate assessors, the support officer, the service manager and the chair of the panel see this room."
        in response.content.decode()
    )


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["other_lead", "other_coordinator", "coordinator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_notify_partnership_does_not_exist_for_a_stranger(
    world: World, client: StrictClient, key: str, method: str
) -> None:
    response = getattr(client.as_(world.people[key]), method)(url(world))
    assert response.status_code == 404
    assert not Notification.objects.exists()


@pytest.mark.at_week(0)
def test_notify_partnership_page_asks_who_is_there(world: World, client: StrictClient) -> None:
    response = client.get(url(world))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.at_week(0)
def test_notify_partnership_with_a_blank_addressee_says_which(
    world: World, client: StrictClient
) -> None:
    blank_addressee(world)
    client.as_(world.people["lead"])
    page = client.get(url(world)).content.decode()
    assert "The letters cannot go yet." in page
    assert "Chief Constable of Police Scotland" in page
    assert "Notify the partnership</button>" not in page

    response = client.post(url(world))
    assert response.status_code == 403
    assert "Chief Constable of Police Scotland" in response.content.decode()
    assert Inspection.objects.get().state == InspectionState.PLANNED


@pytest.mark.at_week(0)
def test_notify_partnership_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    client.post(url(world))
    before = record.count()
    response = client.post(url(world), follow=True)
    assert response.status_code == 200
    assert "This was done already: the letters are on their way." in response.content.decode()
    assert (Notification.objects.count(), NotificationLetter.objects.count()) == (1, 5)
    assert record.count() == before


@pytest.mark.at_week(0)
def test_notify_partnership_planned_for_a_holiday_waits(world: World, client: StrictClient) -> None:
    school_holiday(world)
    client.as_(world.people["lead"])
    page = client.get(url(world)).content.decode()
    assert "is in a school-holiday week of Glenmarrow" in page
    assert client.post(url(world)).status_code == 403


@pytest.mark.at_week(0)
def test_letters_page_says_that_none_was_sent(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(url(world, "letters")).content.decode()
    assert "No letter has been sent yet." in page
    assert "What must hold before the letters go" in page
    assert INVITE not in page


@pytest.mark.at_week(0)
def test_letters_page_leads_to_the_letters_as_sent(world: World, client: StrictClient) -> None:
    notify(world)
    client.as_(world.people["lead"])
    assert "Being drawn and posted" in client.get(url(world, "letters")).content.decode()
    run_jobs()
    page = client.get(url(world, "letters")).content.decode()
    assert "Sent by Isla Dunmore" in page
    assert INVITE in page
    assert "Being drawn and posted" not in page
    letter = NotificationLetter.objects.select_related("document").all()[0]
    assert letter.document and str(letter.document.public_id) in page


@pytest.mark.at_week(2)
def test_letters_page_asks_for_no_coordinator_once_there_is_one(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["lead"]).get(url(world, "letters")).content.decode()
    assert "Sent by Isla Dunmore" in page
    assert INVITE not in page
