"""The ten largest files, functions and templates, so that growth is seen."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config.settings.environment import BASE_DIR

OURS = [
    "config",
    "core",
    "audit",
    "accounts",
    "documents",
    "inspections",
    "concerns",
    "participation",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "retention",
    "workspace",
    "tests",
    "benchmarks",
]


class Command(BaseCommand):
    """Prints sizes in lines; refuses nothing."""

    help = "Prints the ten largest Python files, functions and templates."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """One list of each kind."""
        files = [
            path
            for folder in OURS
            for path in (BASE_DIR / folder).rglob("*.py")
            if "migrations" not in path.parts
        ]
        files.append(BASE_DIR / "run")
        self.show("Python files", [(lines(path), short(path)) for path in files])
        self.show("functions", [size for path in files for size in functions(path)])
        pages = (BASE_DIR / "templates").rglob("*.html")
        self.show("templates", [(lines(path), short(path)) for path in pages])

    def show(self, kind: str, sizes: list[tuple[int, str]]) -> None:
        """The ten largest, with the median and the ninth tenth of all."""
        sizes.sort(reverse=True)
        if not sizes:
            return
        middle, tenth = sizes[len(sizes) // 2][0], sizes[len(sizes) // 10][0]
        self.stdout.write(f"{len(sizes)} {kind}: median {middle} lines, nine in ten up to {tenth}")
        for count, name in sizes[:10]:
            self.stdout.write(f"  {count:5}  {name}")


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text().splitlines())


def short(path: Path) -> str:
    """The path inside the project."""
    return str(path.relative_to(BASE_DIR))


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Every function of a file: its lines, and where it is."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            yield size, f"{short(path)}:{node.lineno} {node.name}"
