"""What leaves this app as a file: the certificate of destruction, and the archive of what is held about a person."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.disposal import known_about, named_in
from documents.models import Document
from retention import queries
from retention.models import DisposalList, SubjectAccessPack

ANOTHER = "[another person]"  # stands where a pack leaves a name or an address out
CERTIFICATE_CSS = Path(settings.BASE_DIR) / "static" / "css" / "receipt.css"


def certificate_page(disposal_list: DisposalList) -> str:
    """The certificate as HTML for print: what, how many, by whose approval, when, and the fingerprint of every file."""
    context = {
        "disposal_list": disposal_list,
        "lines": queries.lines_of(disposal_list),
        "files": list(queries.files_of(disposal_list)),
        "spared": list(disposal_list.items.spared().select_related("spared_by")),
    }
    return render_to_string("retention/certificate_print.html", context)


def held_about(person: User) -> dict[str, Any]:
    """Everything that is held about this person, part by part, in words; and every place where they are named besides.

    Letters and decisions name whoever wrote or decided: other people's names and addresses are taken out of them.
    """
    without_others = without(queries.known_of_others(person))
    parts = [
        {
            "title": about.title,
            "rows": [{name: without_others(words) for name, words in row.items()} for row in rows],
        }
        for about in known_about()
        if (rows := list(about.rows(person)))
    ]
    named = [
        {"what": what, "as": field, "number": count} for what, field, count in named_in(person)
    ]
    return {"person": str(person), "parts": parts, "named": named}


def without(others: set[str]) -> Callable[[str], str]:
    """What takes these names and addresses out of words. The longest first: ``Ann Reid`` stands in ``Mary Ann Reid``."""
    words = "|".join(re.escape(one) for one in sorted(others, key=lambda one: (-len(one), one)))
    whole = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if others else None
    return lambda said: whole.sub(ANOTHER, said) if whole else said


def pack_archive(pack: SubjectAccessPack) -> bytes:
    """The archive: a page to read and the same as data. The same contents give the same bytes."""
    held = held_about(pack.person)
    page = render_to_string("retention/pack_page.html", {"pack": pack, **held})
    data = {"collected_at": timezone.localtime(pack.made_at).isoformat(), **held}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in (
            ("What is held about you.html", page),
            ("What is held about you.json", json.dumps(data, indent=2, ensure_ascii=False)),
        ):
            entry = zipfile.ZipInfo(name, timezone.localtime(pack.made_at).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, words)
    return archive.getvalue()


def document_url(document: Document | None) -> str:
    """Where a stored file is opened; an empty string while the worker makes it."""
    return reverse("documents:document", args=[document.public_id]) if document else ""
