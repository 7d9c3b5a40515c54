"""Every address of the product by its name, as Django knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OURS = (
    "core",
    "audit",
    "accounts",
    "documents",
    "inspections",
    "concerns",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "retention",
    "workspace",
)


@dataclass(frozen=True, slots=True)
class Address:
    """One named address: its view, the methods its page states, and the parts of its path that vary."""

    name: str
    view: Callable[..., Any]
    methods: frozenset[str]
    parts: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.partition(".")[0] in OURS

    @property
    def stem(self) -> str:
        """Its name as a name of Python: ``notify_partnership``."""
        return self.name.rpartition(":")[2].replace("-", "_")

    @property
    def app(self) -> str:
        return self.name.rpartition(":")[0]


@cache
def named() -> dict[str, Address]:
    """Every address by its name."""
    return {address.name: address for address in below(get_resolver())}


def deeds() -> list[Address]:
    """Our pages that take a deed."""
    return [
        address for address in named().values() if address.is_ours and "POST" in address.methods
    ]


def below(resolver: URLResolver, prefix: str = "") -> Iterator[Address]:
    """Every address that this resolver knows. One without a name is called ``None``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from below(pattern, inner)
        else:
            yield _address(pattern, prefix)


def _address(pattern: URLPattern, prefix: str) -> Address:
    parts = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
    methods = getattr(pattern.callback, "page_methods", frozenset({"GET", "POST"}))
    return Address(f"{prefix}{pattern.name}", pattern.callback, methods, parts)
