"""The product's own source, read as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
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
DOMAIN = (
    "documents",
    "inspections",
    "meetings",
    "onsite",
    "concerns",
    "evaluations",
    "reports",
    "retention",
)
NOT_OURS = {"var", "node_modules", "vendor", "__pycache__"}
HIDDEN_BUT_OURS = {".ci", ".env.example", ".gitignore", ".npmrc"}


def files(*endings: str, under: str = "") -> list[Path]:
    """Our files with one of these endings (all, without any), below a folder of the project."""
    found = (ROOT / under).rglob("*")
    return sorted(
        path
        for path in found
        if path.is_file()
        and not NOT_OURS & set(path.relative_to(ROOT).parts)
        and not {part for part in path.relative_to(ROOT).parts if part.startswith(".")}
        - HIDDEN_BUT_OURS
        and (not endings or path.suffix in endings)
    )


def modules(app: str, room: str = "") -> list[Path]:
    """The Python files of an app, or of one of its rooms, whether that is a file or a package."""
    if not room:
        return [path for path in files(".py", under=app) if "migrations" not in path.parts]
    single = ROOT / app / f"{room}.py"
    return [single] if single.exists() else files(".py", under=f"{app}/{room}")


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef]:
    """The functions at the top of a file."""
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def strings(node: ast.AST) -> Iterator[str]:
    """Every literal text below a node."""
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value


def calls(node: ast.AST) -> set[str]:
    """The plain names of everything that is called below a node."""
    return {
        child.func.id
        for child in ast.walk(node)
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name)
    }


def place(path: Path) -> str:
    """A file as people write it."""
    return str(path.relative_to(ROOT))
