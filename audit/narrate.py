"""Events as sentences. Each app brings the sentences of its own events when Django starts."""

from __future__ import annotations

from audit.models import Event

_SENTENCES: dict[str, str] = {}
UNKNOWN = "{by} did something that has no sentence any more ({event})."


def register(sentences: dict[str, str]) -> None:
    """Add an app's sentences. ``{by}`` is who did it; any other name in braces is a detail of the event."""
    _SENTENCES.update(sentences)


def known() -> dict[str, str]:
    """Every event that has a sentence, by name (read by the house tests)."""
    return dict(_SENTENCES)


def narrate(event: Event) -> str:
    """The event as a sentence. A missing detail reads as a dash and an event of older days says so: the log never breaks."""
    sentence = _SENTENCES.get(event.name, UNKNOWN)
    return sentence.format_map(_Gaps(event.details | {"by": event.by_name, "event": event.name}))


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"
