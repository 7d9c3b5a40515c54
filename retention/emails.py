"""What this app posts."""

from __future__ import annotations

from django.conf import settings

from core.mail import post
from retention.models import SubjectAccessPack


def subject_access_pack_made(pack: SubjectAccessPack) -> None:
    """To the person it is about, once it can be opened."""
    post(
        template="retention/subject_access_pack_made",
        to=pack.person.email,
        context={"pack": pack, "link": settings.SITE_URL + pack.get_absolute_url()},
        key=f"subject-access-pack:{pack.pk}",
    )
