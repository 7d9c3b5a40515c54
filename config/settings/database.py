"""One variable, DATABASE_URL, chooses the database."""

from typing import Any

from config.settings.environment import VAR_DIR, env, read_url

# Tried with four writers at once: without all three, most of their transactions failed.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"),
}
KEPT_OPEN = 600  # seconds; a new PostgreSQL connection for each page costs four times the page


def database_config() -> dict[str, Any]:
    """The default database: SQLite in VAR_DIR unless DATABASE_URL names another."""
    default = f"sqlite:///{VAR_DIR}/db.sqlite3"
    config: dict[str, Any] = read_url(env.db, "DATABASE_URL", needs="ENGINE", default=default)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE}
    else:
        config.setdefault("CONN_MAX_AGE", KEPT_OPEN)
        config["CONN_HEALTH_CHECKS"] = True
    return config
