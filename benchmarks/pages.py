"""Home, overview, programme and its board against a bare signed-in page on the same server, at 1, 100 and 320 inspections.

A time by itself means nothing here; the ratios and the query counts do. Run by ``./run bench``.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "bare": "/bench/bare/",
    "home": "/",
    "programme": "/programme/",
    "board": "/programme/board/",
    "overview": "/inspections/{}/",
}
OF_PROGRAMME = ("programme", "board")  # opened by somebody who sees every inspection
ROUNDS = 40


def main() -> None:
    """Set up a database of its own, measure, print, clear up."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "VAR_DIR": folder,
            "MEDIA_ROOT": f"{folder}/media",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "CACHE_URL": "locmemcache://",
            "CELERY_BROKER_URL": "memory://",
            "SECRET_KEY": "of the benchmark",
            "EMAIL_URL": "dummymail://",
        }
        import django

        django.setup()
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Stage the example, measure; bring it to 100 and to 320 inspections, measure again."""
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks import many
    from inspections.models import Inspection

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("stage_example", at="week-14", stdout=nowhere)
    first = Inspection.objects.get()
    world = many.the_world(first.notified_on, timezone.now())
    server, port = serve()
    try:
        for number in (1, 100, 320):
            many.inspections(world, upto=number)
            report(
                number, first.reference, port, world.people["service_manager"], world.people["lead"]
            )
    finally:
        server.terminate()
        server.wait(20)


def report(number: int, reference: str, port: int, reader: object, lead: object) -> None:
    """One line a page: ratio to the bare page, query count."""
    session = session_of(lead)
    times = {name: [] for name in PAGES}  # type: dict[str, list[float]]
    for _ in range(ROUNDS):
        for name, url in PAGES.items():
            times[name].append(
                seconds(
                    port,
                    url.format(reference),
                    session_of(reader) if name in OF_PROGRAMME else session,
                )
            )
    bare = statistics.median(times["bare"])
    for name, url in PAGES.items():
        person = reader if name in OF_PROGRAMME else lead
        ratio = statistics.median(times[name]) / bare
        print(
            f"{number:>3} inspections, {name:<9}: {ratio:5.2f} x the bare page, {queries(person, url.format(reference))} queries"
        )


SESSIONS: dict[int, str] = {}


def session_of(person: object) -> str:
    """A session of this person, made once."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    if person.pk not in SESSIONS:  # type: ignore[attr-defined]
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
        session.create()
        SESSIONS[person.pk] = session.session_key  # type: ignore[attr-defined]
    return SESSIONS[person.pk]  # type: ignore[attr-defined]


def seconds(port: int, url: str, session: str) -> float:
    """How long one request took, whole."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    line.request("GET", url, headers={"Host": "localhost", "Cookie": f"sessionid={session}"})
    answer = line.getresponse()
    answer.read()
    took = time.perf_counter() - began
    assert answer.status == 200, (url, answer.status)
    return took


def queries(person: object, url: str) -> int:
    """How many queries the page asks, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="accounts.backends.DeskBackend")  # type: ignore[arg-type]
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200, url
    return len(asked)


def serve() -> tuple[subprocess.Popen[bytes], int]:
    """The product's own server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ.copy(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, port
        except OSError:
            time.sleep(0.1)
    server.terminate()
    raise SystemExit("The server did not start in a minute.")


if __name__ == "__main__":
    main()
