"""The virus scan: a small daemon of the test that speaks clamd's language, and the real one where
it is installed.
"""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from audit.models import Event
from audit.narrate import narrate
from core import jobs
from core.models import Job, JobState
from documents import clamav
from documents.actions import documents as actions
from documents.enums import DOCUMENT_MOVES, DocumentState, Scan
from documents.models import Document
from tests.documents.conftest import AT

pytestmark = pytest.mark.django_db
MARKER = b"A-HARMLESS-MARKER-OF-THIS-TEST-AND-OF-NOTHING-ELSE"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _read_stream(line: socket.socket) -> bytes:
    """What a client of INSTREAM sends, after its command."""
    pieces, file = [], line.makefile("rb")
    assert file.read(10) == b"zINSTREAM\0"
    while length := struct.unpack("!I", file.read(4))[0]:
        pieces.append(file.read(length))
    return b"".join(pieces)


@pytest.fixture
def daemon(settings) -> Iterator[Callable[[str], None]]:
    """Answers each scan with what the test told it, and finds the marker by itself."""
    said = {"answer": ""}
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                found = MARKER in _read_stream(line)
                answer = said["answer"] or (
                    "stream: Test.Marker.UNOFFICIAL FOUND" if found else "stream: OK"
                )
                line.sendall(answer.encode() + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield lambda answer: said.update(answer=answer)
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def add(place, morag, arrive, content: bytes = b"clean", name: str = "n.txt") -> Document:
    return actions.upload_documents(place, files=[arrive(name, content)], by=morag, at=AT).kept[0]


def settled(document: Document) -> tuple[str, str]:
    document.refresh_from_db()
    return document.state, document.scan


def test_a_clean_document_becomes_available(daemon, place, morag, arrive):
    document = add(place, morag, arrive)
    assert settled(document) == (DocumentState.SCANNING, Scan.WAITING)
    jobs.run_due()
    assert settled(document) == (DocumentState.AVAILABLE, Scan.CLEAN)
    event = Event.objects.get(name="documents.document_cleared")
    assert narrate(event) == "The clock released a document of the drawer after the virus scan."


def test_a_document_with_a_virus_is_quarantined_and_a_clean_copy_follows_it(
    daemon, place, morag, arrive
):
    document = add(place, morag, arrive, b"text " + MARKER)
    jobs.run_due()
    assert settled(document) == (DocumentState.QUARANTINED, Scan.FOUND)
    assert Event.objects.filter(name="documents.document_quarantined").count() == 1
    clean = add(place, morag, arrive, b"clean text")
    jobs.run_due()
    assert settled(clean) == (DocumentState.AVAILABLE, Scan.CLEAN)
    assert clean.supersedes == document


def test_a_scan_asked_for_twice_settles_once(daemon, place, morag, arrive):
    document = add(place, morag, arrive)
    jobs.run_due()
    jobs.enqueue("documents.scan", key=str(document.pk), document=document.pk)
    jobs.run_due()
    assert Event.objects.filter(name="documents.document_cleared").count() == 1


def test_without_an_answer_it_stays_and_is_asked_again(place, morag, arrive, settings, daemon):
    works = settings.CLAMAV_ADDRESS
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{_free_port()}"
    document = add(place, morag, arrive)
    jobs.run_due()
    assert settled(document) == (DocumentState.SCANNING, Scan.WAITING)
    job = Job.objects.get(name="documents.scan")
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    settings.CLAMAV_ADDRESS = works
    jobs.run_due(job.due_at)
    assert settled(document) == (DocumentState.AVAILABLE, Scan.CLEAN)


def test_a_scan_that_was_given_up_is_found_again(place, morag, arrive, settings, daemon):
    document = add(place, morag, arrive)
    Job.objects.filter(name="documents.scan").update(state=JobState.FAILED)
    jobs.run_due()
    assert settled(document) == (DocumentState.AVAILABLE, Scan.CLEAN)


def test_when_no_scanner_is_configured_any_more_it_says_not_scanned(
    daemon, place, morag, arrive, settings
):
    document = add(place, morag, arrive)
    settings.CLAMAV_ADDRESS = ""
    jobs.run_due()
    assert settled(document) == (DocumentState.AVAILABLE, Scan.NOT_SCANNED)
    assert document.state_words == "Not scanned for viruses"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("INSTREAM size limit exceeded. ERROR", "raise StreamMaxLength in clamd.conf"),
        (
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            "raise MaxFileSize and MaxScanSize",
        ),
        ("what?", "was not understood"),
    ],
)
def test_a_scanner_that_cannot_is_no_verdict(daemon, place, morag, arrive, answer, sentence):
    daemon(answer)
    document = add(place, morag, arrive)
    jobs.run_due()
    assert settled(document)[0] == DocumentState.SCANNING
    with document.file.open("rb") as file, pytest.raises(clamav.ScannerSilent, match=sentence):
        clamav.scan(file)


def test_no_state_is_a_dead_end():
    assert set(DOCUMENT_MOVES) == set(DocumentState)
    reached = {to for stand in DOCUMENT_MOVES.values() for to in stand.moves.values()}
    assert reached == set(DocumentState) - {DocumentState.ARRIVING}
    assert all(stand.owner for stand in DOCUMENT_MOVES.values())


# ---------- The real daemon ----------


@pytest.fixture
def clamd(settings, tmp_path) -> Iterator[None]:
    """ClamAV's own daemon, with one signature of ours: the marker."""
    program = shutil.which("clamd")
    if not program:
        pytest.skip(
            "ClamAV is missing: run `sudo apt-get install --no-install-recommends clamav-daemon`."
        )
    base, port = tmp_path / "signatures", _free_port()
    base.mkdir()
    (base / "marker.ndb").write_text(f"Test.Marker:0:*:{MARKER.hex()}\n")
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {base}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nUser "
        "root\n"
        f"StreamMaxLength 2M\nTemporaryDirectory {tmp_path}\n"
    )
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{port}"
    running = subprocess.Popen(
        [program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and running.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield
    running.terminate()
    running.wait(20)


@pytest.mark.services
def test_the_real_scanner_clears_quarantines_and_names_its_limit(clamd, place, morag, arrive):
    clean = add(place, morag, arrive, b"clean", "clean.txt")
    bad = add(place, morag, arrive, b"text " + MARKER, "bad.txt")
    large = add(place, morag, arrive, b"x" * 3_000_000, "large.txt")
    jobs.run_due()
    assert settled(clean) == (DocumentState.AVAILABLE, Scan.CLEAN)
    assert settled(bad) == (DocumentState.QUARANTINED, Scan.FOUND)
    assert settled(large) == (DocumentState.SCANNING, Scan.WAITING)
    with (
        large.file.open("rb") as file,
        pytest.raises(clamav.ScannerSilent, match="StreamMaxLength"),
    ):
        clamav.scan(file)
