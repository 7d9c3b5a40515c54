"""Letting a copy of the record's end leave the database, so that whoever owns it cannot move the end back unnoticed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from accounts import emails, queries
from accounts.roles import Role
from audit.proof import Anchor, latest_anchor

logger = logging.getLogger(__name__)


def hand_out_anchor(*, at: datetime) -> Anchor | None:
    """The day's anchor is in the log of the process, and once a week with every programme manager. None of an empty record.

    A number and a hash say nothing of what is recorded. Safe to repeat: a week's letter is one letter.
    """
    anchor = latest_anchor()
    if anchor is None:
        return None
    logger.info("The anchor of the record is %s.", anchor.text)
    today = timezone.localdate(at)
    monday = today - timedelta(days=today.weekday())
    for person in queries.office_holders(Role.PROGRAMME_MANAGER):
        emails.anchor_of_record(person, anchor=anchor, week=monday, at=at)
    return anchor
