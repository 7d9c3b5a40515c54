"""Events as sentences. Each app brings the sentences of its own events when Django starts."""

from __future__ import annotations

from audit.models import Event

_SENTENCES: dict[str, str] = {}


def register(sentences: dict[str, str]) -> None:
    """Add an app's sentences. ``{by}`` is who did it; any other name in braces is a detail of the event."""
    _SENTENCES.update(sentences)


def known() -> dict[str, str]:
    """Every event that has a sentence, by name (read by the house tests)."""
    return dict(_SENTENCES)


def narrate(event: Event) -> str:
    """The event as a sentence. A detail that an old event lacks reads as a dash, so that the log never breaks."""
    return _SENTENCES[event.name].format_map(_Gaps(event.details | {"by": event.by_name}))


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"
