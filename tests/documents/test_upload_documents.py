"""Adding documents: what is kept, who is recorded, what is refused, and that a failure leaves
nothing behind.
"""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from documents import queries
from documents.actions import documents as actions
from documents.enums import DocumentState, Scan
from documents.models import Document
from tests.documents import files
from tests.documents.conftest import AT, bytes_of, stored

pytestmark = pytest.mark.django_db
URL = "/documents/to/tests.drawer/7/upload/"


def sign_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def desk(client, morag):
    return sign_in(client, morag)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


# ---------- The deed ----------


def test_upload_documents_keeps_hashes_and_records(place, morag, arrive, media):
    pdf = files.pdf()
    outcome = actions.upload_documents(
        place, files=[arrive("Our plan.pdf", pdf), arrive("notes.txt", files.TEXT)], by=morag, at=AT
    )
    plan, notes = outcome.kept
    assert (plan.name, plan.title, plan.content_type, plan.size) == (
        "Our plan.pdf",
        "Our plan",
        "application/pdf",
        len(pdf),
    )
    assert bytes_of(plan) == pdf
    assert (plan.state, plan.scan, plan.version) == (DocumentState.AVAILABLE, Scan.NOT_SCANNED, 1)
    assert (plan.holder_type, plan.holder_id, plan.inspection_reference) == (
        "tests.drawer",
        "7",
        "JI-2026-001",
    )
    assert "plan" not in plan.file.name
    assert stored(media) == sorted([plan.file.name, notes.file.name])
    event = Event.objects.get()
    assert event.name == "documents.documents_uploaded"
    assert event.inspection_reference == "JI-2026-001"
    assert narrate(event) == "Morag added 2 documents to the drawer."


def test_upload_documents_keeps_the_good_and_refuses_the_bad_without_a_trace(
    place, morag, arrive, media
):
    outcome = actions.upload_documents(
        place,
        files=[arrive("empty.pdf", b""), arrive("notes.txt", files.TEXT), arrive("x.exe", b"MZ")],
        by=morag,
        at=AT,
    )
    assert [name for name, _ in outcome.refused] == ["empty.pdf", "x.exe"]
    assert [document.name for document in outcome.kept] == ["notes.txt"]
    assert Document.objects.count() == 1
    # what was refused is still with its request, which removes it when it closes
    assert len([path for path in stored(media) if path.startswith("documents/")]) == 1


def test_upload_documents_of_refused_files_alone_records_nothing(place, morag, arrive):
    actions.upload_documents(place, files=[arrive("empty.pdf", b"")], by=morag, at=AT)
    assert not Event.objects.exists()


def test_upload_documents_asks_again_who_it_is(place, iain, arrive):
    with pytest.raises(Refused, match=r"Only the inspection co-ordinator adds to the drawer\."):
        actions.upload_documents(place, files=[arrive("notes.txt", files.TEXT)], by=iain, at=AT)
    assert not Document.objects.exists()


def test_the_same_key_twice_gives_the_same_document(place, morag, arrive, media):
    key = uuid.uuid4().hex
    for _ in range(2):
        outcome = actions.upload_documents(
            place, files=[arrive("notes.txt", files.TEXT)], by=morag, at=AT, key=key
        )
    assert outcome.kept == []
    assert [document.name for document in outcome.again] == ["notes.txt"]
    assert Document.objects.count() == 1
    assert Event.objects.count() == 1


def test_an_upload_that_was_killed_half_way_is_finished_by_its_second_try(
    place, morag, arrive, media
):
    key = uuid.uuid4().hex
    begun = actions._begin(place, arrive("notes.txt", files.TEXT), by=morag, at=AT, key=key)
    assert not queries.documents_of("tests.drawer", "7").exists()
    outcome = actions.upload_documents(
        place, files=[arrive("notes.txt", files.TEXT)], by=morag, at=AT, key=key
    )
    assert [document.pk for document in outcome.kept] == [begun.pk]
    assert bytes_of(Document.objects.get()) == files.TEXT


def test_the_same_key_with_other_bytes_is_another_upload(place, morag, arrive):
    for content in (b"one", b"two"):
        actions.upload_documents(place, files=[arrive("n.txt", content)], by=morag, at=AT, key="k")
    assert Document.objects.count() == 2


def test_a_file_of_the_same_name_becomes_the_next_version(place, morag, arrive):
    first, second = (
        actions.upload_documents(place, files=[arrive("n.txt", content)], by=morag, at=AT).kept[0]
        for content in (b"one", b"two")
    )
    assert (second.version, second.supersedes) == (2, first)
    assert list(queries.documents_of("tests.drawer", "7")) == [second]
    assert list(queries.documents_of("tests.drawer", "7", every_version=True)) == [second, first]
    assert bytes_of(first) == b"one"


def test_the_same_file_again_is_already_there(place, morag, arrive):
    for _ in range(2):
        outcome = actions.upload_documents(place, files=[arrive("n.txt", b"one")], by=morag, at=AT)
    assert (len(outcome.kept), len(outcome.again), Document.objects.count()) == (0, 1, 1)


def test_one_upload_with_the_same_file_twice_keeps_it_once(place, morag, arrive):
    twice = [arrive("n.txt", b"one"), arrive("n.txt", b"one")]
    outcome = actions.upload_documents(place, files=twice, by=morag, at=AT, key="k")
    assert Document.objects.count() == 1
    assert len(outcome.documents) == 2


# ---------- What the system makes itself ----------


def make(content=b"%PDF letter", **changes):
    return actions.keep_generated(
        content,
        **{
            "name": "Notification letter.pdf",
            "holder_type": "tests.drawer",
            "holder_id": 7,
            "inspection": "JI-2026-001",
            **changes,
        },
    )


def test_keep_generated_is_available_at_once(morag, media):
    made = make(by=morag, at=AT)
    assert (made.state, made.scan, made.version) == (DocumentState.AVAILABLE, Scan.OURS, 1)
    assert made.state_words == "Available"
    assert stored(media) == [made.file.name]
    assert bytes_of(made) == b"%PDF letter"


def test_keep_generated_twice_is_once_and_changed_bytes_are_the_next_version(morag):
    first = make(by=morag, at=AT)
    assert make(by=morag, at=AT) == first
    assert make(b"%PDF corrected", by=morag, at=AT).supersedes == first


@pytest.mark.parametrize(("content", "name"), [(b"", "a.pdf"), (b"x", "a.exe"), (b"x", "a")])
def test_keep_generated_refuses_nonsense_of_our_own(morag, content, name):
    with pytest.raises(ValueError, match="A generated file needs"):
        make(content, name=name, by=morag, at=AT)


# ---------- The page ----------


def test_the_page_takes_several_files_at_once_without_a_script(desk):
    sent = {
        "files": [upload("plan.pdf", files.pdf()), upload("notes.txt", files.TEXT)],
        "next": "/somewhere/",
    }
    response = desk.post(URL, sent)
    assert response.status_code == 302
    assert response["Location"] == "/somewhere/"
    assert sorted(Document.objects.values_list("name", flat=True)) == ["notes.txt", "plan.pdf"]


def test_the_page_keeps_the_others_and_says_which_failed_and_why(desk, media):
    response = desk.post(URL, {"files": [upload("plan.pdf", b""), upload("notes.txt", files.TEXT)]})
    page = response.content.decode()
    assert response.status_code == 200
    assert "“plan.pdf” is empty: it has no bytes." in page
    assert "Added “notes.txt”." in page
    assert page.index("There is a problem") < page.index("Already there") < page.rindex("notes.txt")
    assert stored(media) == [Document.objects.get().file.name]


def test_the_page_without_a_file_says_so(desk):
    response = desk.post(URL, {})
    assert "Choose at least one file." in response.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_page_never_goes_elsewhere(desk, elsewhere):
    response = desk.post(URL, {"files": [upload("n.txt", b"n")], "next": elsewhere})
    assert response["Location"] == "/drawers/7/"


def test_our_script_is_answered_in_json(desk):
    response = desk.post(
        URL, {"files": [upload("n.txt", b"n")], "key": "k"}, headers={"accept": "application/json"}
    )
    document = Document.objects.get()
    assert response.json() == {
        "kept": [
            {
                "name": "n.txt",
                "url": reverse("documents:document", args=[document.public_id]),
                "words": "Added",
            }
        ],
        "refused": [],
    }
    response = desk.post(
        URL, {"files": [upload("n.exe", b"n")]}, headers={"accept": "application/json"}
    )
    assert response.json()["kept"] == []
    assert response.json()["refused"][0]["sentence"].startswith(
        "“n.exe”: files that end in .exe are not accepted."
    )


def test_a_request_that_states_too_much_is_refused_before_it_is_read(desk, settings, media):
    settings.UPLOAD_LIMIT_MIB = 1
    big = upload("n.txt", b"x" * (2 * 1024**2 + 10))
    response = desk.post(URL, {"files": [big]}, headers={"accept": "application/json"})
    assert response.status_code == 413
    assert response.json()["refused"][0]["sentence"] == (
        "The file is larger than 1 MB, the most that one file may be. "
        "Save it with smaller pictures, or split it, and add the parts."
    )
    assert stored(media) == []


def test_a_file_above_the_limit_is_cut_off_and_the_others_are_kept(desk, settings, media):
    settings.UPLOAD_LIMIT_MIB = 1
    response = desk.post(
        URL, {"files": [upload("big.txt", b"x" * (1024**2 + 1)), upload("n.txt", b"n")]}
    )
    assert (
        "“big.txt” is larger than 1 MB, the most that one file may be." in response.content.decode()
    )
    assert stored(media) == [Document.objects.get(name="n.txt").file.name]


def test_a_file_of_exactly_the_limit_is_kept(desk, settings):
    settings.UPLOAD_LIMIT_MIB = 1
    desk.post(URL, {"files": [upload("big.txt", b"x" * 1024**2)]})
    assert Document.objects.get().size == 1024**2


def test_the_form_of_a_stranger_site_is_refused(morag):
    from django.test import Client

    guarded = sign_in(Client(enforce_csrf_checks=True), morag)
    assert guarded.post(URL, {"files": [upload("n.txt", b"n")]}).status_code == 403
    assert not Document.objects.exists()
    page = guarded.get(URL).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    response = guarded.post(URL, {"files": [upload("n.txt", b"n")]}, headers={"x-csrftoken": token})
    assert response.status_code == 302


def test_a_body_that_breaks_off_keeps_nothing(desk, media):
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="n.txt"\r\n\r\nhalf a li'
    response = desk.generic(
        "POST",
        URL,
        body,
        content_type="multipart/form-data; boundary=b",
        headers={"accept": "application/json"},
    )
    assert response.status_code == 400
    assert response.json()["refused"][0]["sentence"].startswith(
        "The connection broke before all files had arrived"
    )
    assert stored(media) == []
    assert not Document.objects.exists()


def test_more_than_a_hundred_files_at_once_are_refused_with_a_sentence(desk, media):
    response = desk.post(URL, {"files": [upload(f"{n}.txt", b"n") for n in range(101)]})
    assert "More than 100 files were sent at once." in response.content.decode()
    assert stored(media) == []


HOSTILE = [
    ("../../../etc/cron.d/plan.txt", "plan.txt"),
    ("..\\..\\plan.txt", "plan.txt"),
    ("/etc/passwd.txt", "passwd.txt"),
    ("plan\x00.exe.txt", None),
    ("annex\u202etxt.exe", None),
    ("<script>alert(1)<.txt", "-script-alert(1)-.txt"),
    ('plan"; filename="x.exe".txt', "x.exe-.txt"),
    ("plan\r\nSet-Cookie: a=b.txt", None),
    ("a" * 10_000 + ".txt", None),
    ("a" * 250 + ".txt", "a" * 145 + "….txt"),
    ("CON.txt", "CON.txt"),
    ("😀" * 100 + ".txt", "😀" * 100 + ".txt"),
]


@pytest.mark.parametrize(("given", "shown"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_shown_clean_or_refused_and_is_never_a_path(desk, media, given, shown):
    """The whole way, byte by byte as a hostile sender writes it: Django's own client would tidy it."""
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{given}"\r\n\r\n'
    body = head.encode() + b"evidence\r\n--b--\r\n"
    response = desk.generic("POST", URL, body, content_type="multipart/form-data; boundary=b")
    assert response.status_code in (200, 302, 400)
    kept = Document.objects.first()
    assert kept is None or (shown and kept.name == shown)
    assert bool(kept) == bool(shown)
    assert stored(media) == ([kept.file.name] if kept else [])
    if kept:
        page = desk.get(URL).content.decode()
        assert "<script>alert" not in page
        sent = desk.get(reverse("documents:document", args=[kept.public_id]))
        assert "\n" not in sent["Content-Disposition"]
        assert b"".join(sent.streaming_content) == b"evidence"


def test_who_sees_the_page(client, morag, iain, stranger):
    assert sign_in(client, morag).get(URL).status_code == 200
    refused = sign_in(client, iain).get(URL)
    assert refused.status_code == 403
    assert "Only the inspection co-ordinator adds to the drawer." in refused.content.decode()
    assert sign_in(client, stranger).get(URL).status_code == 404
    assert sign_in(client, morag).get("/documents/to/tests.drawer/none/upload/").status_code == 404
    assert sign_in(client, morag).get("/documents/to/nobodys.thing/7/upload/").status_code == 404


def test_somebody_refused_is_turned_away_before_a_byte_is_written(client, iain, media):
    sign_in(client, iain).post(URL, {"files": [upload("n.txt", b"n")]})
    assert stored(media) == []


def test_the_page_is_empty_then_one_then_many(desk, place, morag, arrive):
    assert "No documents yet." in desk.get(URL).content.decode()
    for number in range(52):
        actions.upload_documents(
            place, files=[arrive(f"{number}.txt", b"%d" % number)], by=morag, at=AT
        )
    page = desk.get(URL).content.decode()
    assert page.count("app-uploads__item") == 50
    assert "Pages of documents" in page
    assert (
        "plain text, 2 bytes. Added Monday 2 March 2026 at 10:30 by Inspection co-ordinator."
        in page
    )
    assert "Not scanned for viruses" in page
    assert desk.get(URL, {"page": "2"}).content.decode().count("app-uploads__item") == 2


def test_the_page_asks_the_same_number_of_questions_for_one_and_three(
    desk, place, morag, arrive, django_assert_num_queries
):
    for number, queries_of_page in ((1, 5), (3, 5)):
        while Document.objects.count() < number:
            name = f"{Document.objects.count()}.txt"
            actions.upload_documents(place, files=[arrive(name, name.encode())], by=morag, at=AT)
        with django_assert_num_queries(queries_of_page):
            desk.get(URL)
