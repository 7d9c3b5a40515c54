"""Production refuses to start without what it needs, in one sentence that names all of it."""

import os
import subprocess
import sys

import pytest

from config.settings.environment import BASE_DIR

WHOLE = {
    "SECRET_KEY": "a-key-for-this-test-" * 4,
    "ALLOWED_HOSTS": "inspections.example.scot",
    "SITE_URL": "https://inspections.example.scot",
    "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/none",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "CACHE_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtp+tls://nobody:nothing@127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "inspections@example.scot",
    "CLAMAV_ADDRESS": "127.0.0.1:1",
}


def trouble_with(variables, tmp_path):
    """What production settings say when they are loaded with these variables alone."""
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "ENV_FILE": str(tmp_path / "none")}
    code = "import config.settings.production as s; print(s.DEBUG, s.EXAMPLE_SIGN_INS)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**env, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_production_starts_with_all_it_needs_and_without_the_examples_sign_ins(tmp_path):
    assert trouble_with(WHOLE, tmp_path) == "False False"


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    sentence = trouble_with({}, tmp_path)
    assert all(name in sentence for name in WHOLE)


def test_a_command_of_production_that_lacks_something_says_so_in_one_line(tmp_path):
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "ENV_FILE": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=BASE_DIR,
        env={**env, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Production does not start without ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("blank", [None, "", " "])
@pytest.mark.parametrize("name", WHOLE)
def test_production_names_the_one_that_is_missing_or_blank(name, blank, tmp_path):
    rest = {key: value for key, value in WHOLE.items() if key != name}
    sentence = trouble_with(rest if blank is None else {**rest, name: blank}, tmp_path)
    assert name in sentence
    assert not any(f"{other} (" in sentence for other in rest)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///somewhere"),
        ("CELERY_BROKER_URL", "filesystem://"),
        ("SITE_URL", "http://inspections.example.scot"),
        ("EXAMPLE_SIGN_INS", "1"),
        ("CELERY_BROKER_URL", "nonsense"),
        ("CACHE_URL", "locmemcache://"),
        ("CACHE_URL", "dummycache://"),
        ("CACHE_URL", "filecache:///somewhere"),
        ("EMAIL_URL", "filemail:///somewhere"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "dummymail://"),
        ("EMAIL_URL", "memorymail://"),
        ("SECRET_KEY", "only-49-characters-long-and-quite-different-ones."),
        ("SECRET_KEY", "abcabcabc" * 9),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "inspections.example.scot,*"),
        ("ALLOWED_HOSTS", ","),
        ("CLAMAV_ADDRESS", "scanner"),
        ("CLAMAV_ADDRESS", "scanner:"),
        ("CLAMAV_ADDRESS", "scanner:70000"),
        ("CLAMAV_ADDRESS", "tcp://scanner:3310"),
        ("SITE_URL", "https://"),
        ("DEFAULT_FROM_EMAIL", "inspections"),
    ],
)
def test_production_refuses_what_does_not_do(name, value, tmp_path):
    sentence = trouble_with({**WHOLE, name: value}, tmp_path)
    assert sentence.startswith("django.core.exceptions.ImproperlyConfigured: Production does not")
    assert name in sentence


@pytest.mark.parametrize("name", ["DATABASE_URL", "CACHE_URL", "EMAIL_URL"])
def test_production_says_which_url_it_cannot_read(name, tmp_path):
    sentence = trouble_with({**WHOLE, name: "nonsense"}, tmp_path)
    assert f"{name} is set to something that cannot be read" in sentence


@pytest.mark.parametrize(
    "address", ["scanner:3310", "127.0.0.1:3310", "[::1]:3310", "scanner.example.scot:65535"]
)
def test_production_takes_the_scanners_address(address, tmp_path):
    assert trouble_with({**WHOLE, "CLAMAV_ADDRESS": address}, tmp_path) == "False False"


def test_a_blank_variable_is_as_good_as_none_on_one_machine(tmp_path):
    blank = dict.fromkeys(
        [
            "DATABASE_URL",
            "CACHE_URL",
            "EMAIL_URL",
            "CELERY_BROKER_URL",
            "UPLOAD_LIMIT_MIB",
            "DEBUG",
        ],
        "",
    )
    code = (
        "import config.settings.dev as s; print(s.DATABASES['default']['NAME'], s.UPLOAD_LIMIT_MIB)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**blank, "VAR_DIR": str(tmp_path), "ENV_FILE": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == f"{tmp_path / 'db.sqlite3'} 500", done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TRUST_PROXY", "maybe", "TRUST_PROXY is “maybe”, which is neither on (1) nor off (0)."),
        ("UPLOAD_LIMIT_MIB", "-1", "UPLOAD_LIMIT_MIB is “-1”; it is a whole number, 1 or more."),
        (
            "WORKER_PROCESSES",
            "zero",
            "WORKER_PROCESSES is “zero”; it is a whole number, 1 or more.",
        ),
        (
            "SECURE_HSTS_SECONDS",
            "a year",
            "SECURE_HSTS_SECONDS is “a year”; it is a whole number, 0 or more.",
        ),
    ],
)
def test_a_value_that_says_nothing_is_refused_in_a_sentence(name, value, says, tmp_path):
    assert trouble_with({**WHOLE, name: value}, tmp_path).endswith(says)
