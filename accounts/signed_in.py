"""Ending every session of a person, the ones that are on their list and any other."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import User


def sign_out_everywhere(person: User, *, keep: str | None = None) -> None:
    """Part of a deed: every session of the person is gone, but the one with the key ``keep``, and nothing that is done later brings
    one back.

    The sessions themselves are asked whose they are. The list alone is not enough: a new password gives a session another key.
    """
    theirs = [
        one.pk
        for one in Session.objects.iterator(chunk_size=500)
        if one.pk != keep and one.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user=person).exclude(session_key=keep or "").delete()
