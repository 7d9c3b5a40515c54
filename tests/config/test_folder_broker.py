"""Messages in a folder: each is taken once and whole, however many write and read at the same time."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from config.settings.broker import broker_options
from config.settings.environment import BASE_DIR

CONNECT = """
import sys
from pathlib import Path
from kombu import Connection
from config.folder_broker import use_whole_files
from config.settings.broker import broker_options
use_whole_files()
options = broker_options("filesystem://", Path(sys.argv[1]))
queue = Connection("filesystem://localhost", transport_options=options).SimpleQueue("work")
"""
WRITE = CONNECT + "for n in range(100): queue.put({'writer': sys.argv[2], 'n': n})"
READ = (
    CONNECT
    + """
try:
    while True:
        message = queue.get(timeout=5)
        print(message.payload["writer"], message.payload["n"])
        message.ack()
except queue.Empty:
    pass
"""
)


def started(code: str, folder: Path, name: str) -> subprocess.Popen[str]:
    """One process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), name],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_every_message_is_taken_once_by_readers_that_compete(tmp_path):
    readers = [started(READ, tmp_path, "reader") for _ in range(2)]
    writers = [started(WRITE, tmp_path, name) for name in ("a", "b", "c")]
    for writer in writers:
        _, trouble = writer.communicate(timeout=60)
        assert writer.returncode == 0, trouble
    taken = Counter[str]()
    for reader in readers:
        words, trouble = reader.communicate(timeout=60)
        assert reader.returncode == 0, trouble
        taken.update(words.splitlines())
    assert taken == Counter(f"{name} {n}" for name in "abc" for n in range(100))


def test_a_message_that_cannot_be_read_is_passed_over(tmp_path):
    options = broker_options("filesystem://", tmp_path)
    (Path(options["data_folder_in"]) / "0_broken.work.msg").write_text("")
    for code in (WRITE, READ):
        words, trouble = started(code, tmp_path, "a").communicate(timeout=60)
    assert len(words.splitlines()) == 100, trouble
