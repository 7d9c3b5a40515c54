"""`kill -9` while the letter of the day is drawn: it comes once, with everything that waited. A real worker and clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from core.letters import DIGEST
from core.models import Letter
from tests.core.test_kill import Trial, done

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trial(tmp_path: Path, transactional_db: None) -> Iterator[Trial]:
    """A trial whose worker is gone afterwards, whatever happened."""
    held = Trial(tmp_path)
    yield held
    held.kill()


def sent(trial: Trial) -> str:
    """Everything that was given to the mail server."""
    folder = trial.folder / "post"
    return "".join(path.read_text() for path in folder.iterdir()) if folder.exists() else ""


def test_kill_9_while_the_letter_of_the_day_is_drawn_sends_it_once(trial: Trial) -> None:
    User.objects.create_user("morag@example.org", name="Morag", letters_once_a_day=True)
    for number in (1, 2, 3):
        Letter.objects.create(
            key=f"waits:{number}",
            template="evaluations/parts_given",
            to="morag@example.org",
            subject=f"Message {number}",
            body=f"The words of message {number}.\n",
            waits=True,
            created_at=timezone.now() - timedelta(days=2),
        )
    trial.ask("day")
    trial.start()
    trial.until(lambda: trial.started(), seconds=20)
    trial.kill()
    assert not Letter.objects.filter(template=DIGEST).exists()

    trial.let_go()
    trial.start()
    trial.until(lambda: done() == 10, seconds=35)
    trial.until(lambda: Letter.objects.filter(template=DIGEST, sent_at__isnull=False), seconds=20)
    brings = Letter.objects.get(template=DIGEST)
    assert brings.attempts == 1
    assert set(brings.brings.values_list("key", "sent_at")) == {
        (f"waits:{number}", brings.sent_at) for number in (1, 2, 3)
    }
    assert sent(trial).count("Message-ID:") == 1
    assert all(f"The words of message {number}." in sent(trial) for number in (1, 2, 3))
