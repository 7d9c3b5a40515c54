"""Where the record ends is told outside the database, so that whoever owns it cannot move the end back unnoticed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.tasks import hand_out_anchor
from audit.models import Event
from audit.proof import latest_anchor
from core.models import Letter
from tests.jobs import run_jobs
from tests.unguarded import unguarded
from workspace.example.world import World


def _letters() -> list[Letter]:
    return list(Letter.objects.filter(template="accounts/anchor_of_record").order_by("pk"))


@pytest.mark.at_week(0)
def test_the_anchor_is_logged_each_day_and_posted_to_programme_managers_once_a_week(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    anchor, managers = latest_anchor(), [world.people["programme_manager"]]
    monday = world.now - timedelta(days=world.now.weekday())
    assert anchor
    with caplog.at_level(logging.INFO, logger="accounts.actions.anchors"):
        for day in range(7):
            hand_out_anchor(now=monday + timedelta(days=day))
            hand_out_anchor(now=monday + timedelta(days=day))  # as a job may come twice

    assert caplog.messages == [f"The anchor of the record is {anchor.text}."] * 14
    assert [letter.to for letter in _letters()] == [one.email for one in managers]
    assert anchor.text in _letters()[0].subject
    assert f"verify_audit --anchor {anchor.text}" in _letters()[0].body

    User.objects.filter(pk=managers[0].pk).update(is_active=False)
    hand_out_anchor(now=monday + timedelta(days=7))
    assert len(_letters()) == 1  # whoever cannot sign in is written to no more
    User.objects.filter(pk=managers[0].pk).update(is_active=True)
    hand_out_anchor(now=monday + timedelta(days=8))
    assert len(_letters()) == 2


@pytest.mark.at_week(0)
def test_an_end_that_was_moved_back_is_found_out_by_the_anchor_that_left(world: World) -> None:
    hand_out_anchor(now=world.now)
    run_jobs(world.now)
    (posted,) = [one for one in mail.outbox if one.subject.startswith("Anchor of the record")]
    printed = posted.subject.rpartition(" ")[2]
    call_command("verify_audit", "--anchor", printed, verbosity=0)

    last = Event.objects.newest_first()[1]
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE number > %s", [last.number])
        cursor.execute(
            "UPDATE audit_chainhead SET last_number = %s, last_hash = %s", [last.number, last.hash]
        )

    with pytest.raises(CommandError, match="which is not in the record"):
        call_command("verify_audit", verbosity=0)  # the letter that the product itself keeps
    Letter.objects.all().delete()
    with pytest.raises(CommandError, match="there is no event"):
        call_command("verify_audit", "--anchor", printed)


def test_an_empty_record_has_no_anchor_to_hand_out(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    hand_out_anchor(now=datetime.fromisoformat("2026-11-23T09:00:00+00:00"))
    assert (caplog.messages, _letters()) == ([], [])
