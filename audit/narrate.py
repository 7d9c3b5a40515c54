"""Events as sentences. Each app brings the sentences of its own events when Django starts."""

from __future__ import annotations

from audit.models import Event
from core.words import counted

_SENTENCES: dict[str, str] = {}
_TITLES: dict[str, str] = {}
_OF_MANY: dict[str, str] = {}
UNKNOWN = "{by} did something that has no sentence any more ({event})."


def register(sentences: dict[str, str], titles: dict[str, str]) -> None:
    """Add an app's sentences and titles. ``{by}`` is who did it; any other name in braces is a detail of the event.

    A title says what kind of thing an event is, of nobody and nothing in particular: ``A stand-in was named``.
    """
    _SENTENCES.update(sentences)
    _TITLES.update(titles)


def register_many(sentences: dict[str, str]) -> None:
    """Add how an app says that one kind of thing was done several times, after its number: ``one,many``."""
    _OF_MANY.update(sentences)


def known() -> dict[str, str]:
    """Every event that has a sentence, by name (read by the house tests)."""
    return dict(_SENTENCES)


def title_of(name: str) -> str:
    """What an event of this name is called; an event of older days by its own name."""
    return _TITLES.get(name) or name.rpartition(".")[2].replace("_", " ").capitalize()


def titles() -> dict[str, str]:
    """Every event that has a title, by name (read by the house tests)."""
    return dict(_TITLES)


def narrate(event: Event) -> str:
    """The event as a sentence. A missing detail reads as a dash and an event of older days says so: the log never breaks."""
    sentence = _SENTENCES.get(event.name, UNKNOWN)
    return sentence.format_map(_Gaps(event.details | {"by": event.by_name, "event": event.name}))


def narrate_many(event: Event, count: int) -> str:
    """So many events of one kind in one sentence; one alone, or a kind that has no such sentence, as its latest."""
    words = _OF_MANY.get(event.name)
    return narrate(event) if count == 1 or words is None else counted(count, words).capitalize()


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"
