"""A code that is read out on the telephone to somebody who is invited. Only a keyed hash of it is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from inspections.models.invitation import Invitation

CODE_LASTS = timedelta(days=2)
TRIES = 5
# Digits and letters that are not taken for one another on paper (no 0 and O, 1, I and L) or by ear (no B, D, P, T and V).
ALPHABET = "2346789AFHJKQRWXY"
GROUPS, LETTERS = 3, 4


def new_code() -> str:
    """A code as it is read out: ``7KQ2 HJ4A W9RX``."""
    return " ".join(
        "".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS)
    )


def hash_of_code(code: str) -> str:
    """What is kept of a code: 64 hexadecimal digits that need this installation's key, since a code is short.

    Capitals, spaces and dashes do not matter.
    """
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("inspections.joining_code", bare, algorithm="sha256").hexdigest()


class JoiningCode(models.Model):
    """The newest code of one invitation. Typed rightly, it opens the page to join as the link in the letter does."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="code")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    link_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"Code for {self.invitation}"

    @property
    def is_spent(self) -> bool:
        """Whether it was typed wrongly too often."""
        return self.wrong_tries >= TRIES
