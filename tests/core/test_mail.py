"""One door for post: stored, sent once, plain, and nobody's headers but ours."""

from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from core import jobs, mail
from core.models import Job, JobState, Letter
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEMPLATE = """{% extends "emails/base.txt" %}
{% block subject %}The {{ partner }} joint inspection{% endblock %}
{% block body %}Dear {{ name }},

We shall visit {{ partner }}.{% endblock %}
"""


@pytest.fixture(autouse=True)
def letters_of_our_own(settings, tmp_path) -> None:
    """Templates in a folder of their own, beside the product's base."""
    folder = tmp_path / "emails" / "trial"
    folder.mkdir(parents=True)
    (folder / "visit.txt").write_text(TEMPLATE)
    (folder / "headless.txt").write_text("\n\nNo subject here.\n")
    engine = dict(settings.TEMPLATES[0])
    engine["DIRS"] = [*engine["DIRS"], tmp_path]
    settings.TEMPLATES = [engine]


def post(**changes: Any) -> Letter:
    """A letter that is right but for what the test changes."""
    context = {"partner": "O'Neill & Sons", "name": "Morag <Chief>"}
    usual = {
        "template": "trial/visit",
        "to": "morag@example.org",
        "key": "visit:1",
        "now": NOW,
    }
    return mail.post(**{**usual, "context": context, **changes})


def test_a_letter_is_stored_and_sent_by_a_job():
    letter = post(subject_reference="JI-2026-001")
    assert outbox.outbox == []
    assert letter.sent_at is None
    run_jobs(NOW)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.attempts, letter.subject_reference) == (
        NOW,
        1,
        "JI-2026-001",
    )
    assert [message.to for message in outbox.outbox] == [["morag@example.org"]]


def test_a_letter_is_plain_text_with_nothing_escaped():
    letter = post()
    assert letter.subject == "The O'Neill & Sons joint inspection"
    assert letter.body.startswith("Dear Morag <Chief>,\n\nWe shall visit O'Neill & Sons.\n")
    assert "Please do not reply" in letter.body
    run_jobs(NOW)
    assert outbox.outbox[0].message().get_content_type() == "text/plain"


def test_the_same_key_is_one_letter():
    first = post()
    assert post(to="somebody.else@example.org").pk == first.pk
    run_jobs(NOW)
    post()
    run_jobs(NOW)
    assert len(outbox.outbox) == 1


def test_a_second_run_of_the_job_sends_nothing():
    letter = post()
    assert mail.send(letter.pk, now=NOW)
    assert not mail.send(letter.pk, now=NOW)
    assert len(outbox.outbox) == 1


def test_the_message_id_is_the_same_at_every_attempt_and_tells_nothing():
    post()
    run_jobs(NOW)
    message: Message = outbox.outbox[0].message()
    assert message["Message-ID"] == mail.message_id("visit:1") != mail.message_id("visit:2")
    assert "visit" not in message["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address",
    ["", "morag", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"],
)
def test_an_address_that_is_none_stops_nobody_and_is_given_up_aloud(address):
    post(to=address)
    post(key="visit:2", to="b@example.org")
    jobs.run_due(NOW)
    assert [message.to for message in outbox.outbox] == [["b@example.org"]]
    given_up = Job.objects.get(name="core.send_letter", state=JobState.FAILED)
    assert given_up.last_error == f"The address of letter {Letter.objects.last().pk} is none."


@pytest.mark.parametrize(
    ("partner", "subject"),
    [
        ("Orkney\nBcc: b@example.org", "The Orkney Bcc: b@example.org joint inspection"),
        ("Orkney\r\nBcc: b@example.org", "The Orkney Bcc: b@example.org joint inspection"),
        ("Ork\u00adney\x00", "The Orkney joint inspection"),
        ("\u202eyenkrO\u2066", "The yenkrO joint inspection"),
        ("a\u2028b", "The a b joint inspection"),
    ],
)
def test_a_subject_is_one_line_that_can_be_read_whatever_it_is_made_of(partner, subject):
    letter = post(context={"partner": partner, "name": "Morag"})
    assert letter.subject == subject
    run_jobs(NOW)
    assert outbox.outbox[0].message()["Subject"] == subject
    assert outbox.outbox[0].recipients() == ["morag@example.org"]


def test_a_template_without_subject_is_refused():
    with pytest.raises(ValueError, match="one line"):
        post(template="trial/headless")


def test_every_template_of_the_product_has_a_subject_of_one_line():
    templates = Path("templates/emails").glob("*/*.txt")
    heads = {path.name: path.read_text().split("\n")[:3] for path in templates}
    assert heads
    assert not [
        name for name, (first, blank, third) in heads.items() if not first or blank or not third
    ]


def test_a_subject_of_two_hundred_characters_fits_and_a_longer_one_is_shortened():
    around = len("The  joint inspection")
    assert len(post(context={"partner": "x" * (200 - around)}).subject) == 200
    longer = post(key="visit:2", context={"partner": "Health and Social Care " * 20}).subject
    assert len(longer) <= 200
    assert longer.endswith(("Health…", "and…", "Social…", "Care…"))


class RefusesOnce(EmailBackend):
    """A mail server that is not there the first time."""

    refusals = 1

    def send_messages(self, messages: Any) -> int:
        """Refuse once, then accept."""
        if RefusesOnce.refusals:
            RefusesOnce.refusals -= 1
            raise ConnectionRefusedError
        return super().send_messages(messages)


def test_a_server_that_refuses_is_tried_again(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.core.test_mail.RefusesOnce"
    monkeypatch.setattr(RefusesOnce, "refusals", 1)
    letter = post()
    jobs.run_due(NOW)
    assert outbox.outbox == []
    jobs.run_due(NOW.replace(second=10))
    letter.refresh_from_db()
    assert (len(outbox.outbox), letter.attempts) == (1, 2)
    assert Job.objects.get(name="core.send_letter").state == JobState.DONE
