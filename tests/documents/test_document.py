"""Opening a document: to whom, how it is sent, and that it goes on record."""

from __future__ import annotations

import pytest

from audit.models import Event
from audit.narrate import narrate
from documents import holders, permissions
from documents.actions import documents as actions
from documents.enums import DocumentState, Scan
from documents.models import Document
from tests.documents import files
from tests.documents.conftest import AT, bytes_of

pytestmark = pytest.mark.django_db


def keep(place, by, arrive, name="plan.pdf", content=None) -> Document:
    file = arrive(name, content or files.pdf())
    return actions.upload_documents(place, files=[file], by=by, at=AT).kept[0]


def get(client, person, document, query="", method="get"):
    client.force_login(person)
    return getattr(client, method)(f"/documents/{document.public_id}/{query}")


def end(response) -> None:
    """Read the answer to its end, which closes the file."""
    if response.streaming:
        list(response.streaming_content)


def test_a_document_is_sent_to_be_saved_and_goes_on_record(client, place, morag, iain, arrive):
    document = keep(place, morag, arrive, name="Our plän.pdf")
    response = get(client, iain, document)
    assert b"".join(response.streaming_content) == bytes_of(document)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(document.size)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Our%20pl%C3%A4n.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert response["Cache-Control"] == "private, no-store"
    event = Event.objects.get(name="documents.document_read")
    assert narrate(event) == "Iain opened the document PDF of the drawer, version 1."
    assert event.inspection_reference == "JI-2026-001"


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.pdf", files.pdf(), True),
        ("a.png", files.PNG, True),
        ("a.txt", files.TEXT, False),
        ("a.docx", files.docx(), False),
    ],
)
def test_only_pdf_and_pictures_are_shown_in_the_browser(
    client, place, morag, arrive, name, content, shown
):
    response = get(client, morag, keep(place, morag, arrive, name, content), "?show")
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script" not in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    end(response)


def test_asking_only_for_the_head_records_nothing(client, place, morag, arrive):
    assert get(client, morag, keep(place, morag, arrive), method="head").status_code == 200
    assert not Event.objects.filter(name="documents.document_read").exists()


def test_a_stranger_sees_nothing(client, place, morag, stranger, arrive):
    document = keep(place, morag, arrive)
    assert get(client, stranger, document).status_code == 404
    assert not Event.objects.filter(name="documents.document_read").exists()


def test_the_public_is_asked_to_sign_in(client, place, morag, arrive):
    response = client.get(f"/documents/{keep(place, morag, arrive).public_id}/")
    assert response.status_code == 302


def test_a_holder_may_say_no_to_one_document(place, morag, iain, arrive):
    document = keep(place, morag, arrive)
    own = holders.Holder(
        **{
            **{
                f: getattr(place.holder, f)
                for f in ("may_see", "may_add", "title", "url", "inspection")
            },
            "may_read": lambda person, asked: place.may_see(person) & place.may_add(person),
        }
    )
    holders.forget("tests.drawer")
    holders.register("tests.drawer", own)
    assert permissions.can_read_document(morag, document)
    assert not permissions.can_read_document(iain, document)


def test_a_document_of_nobody_is_read_by_nobody(client, place, morag, arrive):
    document = keep(place, morag, arrive)
    holders.forget("tests.drawer")
    assert get(client, morag, document).status_code == 404


STATES = [
    (
        DocumentState.SCANNING,
        Scan.WAITING,
        403,
        "“plan.pdf” is still being checked for viruses. Try again in a few minutes.",
    ),
    (
        DocumentState.QUARANTINED,
        Scan.FOUND,
        403,
        "A virus was found in “plan.pdf”, so nobody can open it. Whoever added it can add a "
        "clean copy of the same name.",
    ),
    (DocumentState.AVAILABLE, Scan.CLEAN, 200, ""),
]


@pytest.mark.parametrize(("state", "scan", "status", "sentence"), STATES)
def test_a_document_is_opened_only_after_the_scan(
    client, place, morag, arrive, state, scan, status, sentence
):
    document = keep(place, morag, arrive)
    Document.objects.filter(pk=document.pk).update(state=state, scan=scan)
    response = get(client, morag, document)
    assert response.status_code == status
    assert permissions.can_read_document(morag, Document.objects.get()).sentence == sentence
    if sentence:
        assert sentence in response.content.decode()
    end(response)


def test_a_document_that_still_arrives_is_nowhere(client, place, morag, arrive):
    begun = actions._begin(place, arrive("n.txt", b"n"), by=morag, at=AT, key="k")
    assert get(client, morag, begun).status_code == 404


def test_bytes_that_are_gone_are_said_to_be_our_fault(client, place, morag, arrive, caplog):
    document = keep(place, morag, arrive)
    document.file.storage.delete(document.file.name)
    response = get(client, morag, document)
    assert response.status_code == 403
    assert (
        "The stored file of “plan” cannot be found. This is a fault of the system"
        in response.content.decode()
    )
    assert "is missing" in caplog.text
    assert not Event.objects.filter(name="documents.document_read").exists()
