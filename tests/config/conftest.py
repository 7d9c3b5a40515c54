"""`./run` itself, for the tests that ask it."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config.settings.environment import BASE_DIR


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`./run` as a module, with a var/ of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    loader = importlib.machinery.SourceFileLoader("run_script", str(BASE_DIR / "run"))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    return module
