"""Two files of one name in the same instant: both are kept, as versions; the same file twice is one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Event
from documents.actions import documents as actions
from documents.arrivals import Arrival
from documents.enums import DocumentState
from documents.models import Document
from tests.at_once import MANY, at_once
from tests.documents.conftest import AT, bytes_of, stored

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/documents/to/tests.drawer/7/upload/"


def upload(place, by, *files: tuple[str, bytes], key: str = "") -> list[int]:
    """Keep them; the versions that they became or were found to be."""
    arrivals = [Arrival.from_bytes(content, name=name) for name, content in files]
    try:
        outcome = actions.upload_documents(place, files=arrivals, by=by, at=AT, key=key)
        assert outcome.refused == []
        return [document.version for document in outcome.documents]
    finally:
        for arrival in arrivals:
            arrival.close()


def assert_whole(versions: int) -> None:
    """One document of that many versions, each after the one before it, with its own bytes and
    nothing else on the disk or on its way.
    """
    kept = list(Document.objects.order_by("version"))
    assert [document.version for document in kept] == list(range(1, versions + 1))
    assert [document.supersedes for document in kept] == [None, *kept[:-1]]
    assert {document.state for document in kept} == {DocumentState.AVAILABLE}
    assert len({bytes_of(document) for document in kept}) == versions


def test_six_files_of_one_name_at_once_are_six_versions(place, morag, media):
    answers = at_once(lambda number: upload(place, morag, ("n.txt", b"%d" % number)))
    assert sorted(answers) == [[version] for version in range(1, MANY + 1)]
    assert_whole(MANY)
    assert stored(media) == sorted(Document.objects.values_list("file", flat=True))
    assert Event.objects.filter(name="documents.documents_uploaded").count() == MANY


@pytest.mark.parametrize("key", ["", "one form sent again and again"])
def test_the_same_file_six_times_at_once_is_one_document(place, morag, media, key):
    answers = at_once(lambda number: upload(place, morag, ("n.txt", b"evidence"), key=key))
    assert answers == [[1]] * MANY
    assert_whole(1)
    assert stored(media) == [Document.objects.get().file.name]
    assert Event.objects.filter(name="documents.documents_uploaded").count() == 1


def test_uploads_that_hold_the_same_names_in_another_order_do_not_wait_for_each_other(place, morag):
    def both(number: int) -> list[int]:
        files = [("a.txt", b"a%d" % number), ("b.txt", b"b%d" % number)]
        return upload(place, morag, *(files if number % 2 else reversed(files)))

    answers = at_once(both)
    assert sorted(version for versions in answers for version in versions) == sorted(
        [*range(1, MANY + 1)] * 2
    )


def test_what_the_system_makes_six_times_at_once_has_six_versions(morag):
    def make(number: int) -> int:
        content = b"letter %d" % number
        return actions.keep_generated(
            content,
            name="letter.pdf",
            holder_type="tests.drawer",
            holder_id=7,
            inspection="JI-2026-001",
            by=morag,
            at=AT,
        ).version

    assert sorted(at_once(make)) == list(range(1, MANY + 1))
    assert_whole(MANY)
    assert len(set(at_once(lambda _: make(MANY)))) == 1
    assert_whole(MANY + 1)


def test_the_plain_form_sent_at_once_by_six_shows_nobody_an_error(morag, media):
    desks = [Client() for _ in range(MANY)]
    for desk in desks:
        desk.force_login(morag)

    def send(number: int) -> tuple[int, str]:
        answer = desks[number].post(URL, {"files": SimpleUploadedFile("n.txt", b"%d" % number)})
        return answer.status_code, answer.headers.get("Location", "")

    assert at_once(send) == [(302, "/drawers/7/")] * MANY
    assert_whole(MANY)
    assert stored(media) == sorted(Document.objects.values_list("file", flat=True))


def test_a_double_submit_of_the_plain_form_keeps_its_files_once(morag, media):
    desks = [Client() for _ in range(MANY)]
    for desk in desks:
        desk.force_login(morag)

    def send(number: int) -> int:
        sent = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
        return desks[number].post(URL, {"files": sent, "key": "one page"}).status_code

    assert at_once(send) == [302] * MANY
    assert sorted(Document.objects.values_list("name", "version")) == [("a.txt", 1), ("b.txt", 1)]
    assert stored(media) == sorted(Document.objects.values_list("file", flat=True))
