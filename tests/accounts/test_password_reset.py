"""A new password: the link goes by the one door for post, whatever state the mail server is in."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone

from core import jobs
from core.mail import FORGOTTEN
from core.models import Job, JobState, Letter
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World

RESET = "/account/password/reset/"
NEW = "eleven loud rivers"


@pytest.fixture
def refusing_server(settings: Any) -> None:
    """A mail server's address where nobody listens: every connection is refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.at_week(0)
def test_a_refused_connection_loses_no_link(
    world: World, client: StrictClient, refusing_server: None, settings: Any
) -> None:
    address = world.people["lead"].email
    response = client.post(RESET, {"email": address})
    assert (response.status_code, response["Location"]) == (302, f"{RESET}done/")
    letter = Letter.objects.latest("pk")
    assert (letter.to, letter.subject, letter.sent_at) == (address, "Choose a new password", None)
    job = Job.objects.get(name="core.send_letter", key=f"letter:{letter.pk}")
    assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert "ConnectionRefusedError" in job.last_error

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert jobs.run(job.pk, now=job.due_at)
    letter.refresh_from_db()
    assert letter.body == FORGOTTEN
    [sent] = [message for message in outbox.outbox if message.to == [address]]
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(sent.body))
    assert link
    form = client.get(link[1], follow=True)
    where = form.redirect_chain[-1][0]
    assert client.post(where, {"password1": NEW, "password2": NEW}).status_code == 302
    world.people["lead"].refresh_from_db()
    assert world.people["lead"].check_password(NEW)


@pytest.mark.at_week(0)
def test_an_address_without_an_account_gets_a_letter_each_time(
    world: World, client: StrictClient
) -> None:
    for _ in range(2):
        assert client.post(RESET, {"email": "nobody@example.org"}).status_code == 302
    run_jobs(timezone.now())
    sent = [message for message in outbox.outbox if message.to == ["nobody@example.org"]]
    assert [message.subject for message in sent] == ["No account has this address"] * 2
    assert "by invitation" in str(sent[0].body)
    assert "/signup" not in str(sent[0].body)
