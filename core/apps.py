"""Start-up of the floor."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Registers every app's jobs, so that the web, the worker and the terminal know the same ones."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each app's `tasks`, whose handlers register themselves, and its `keeping`, which says what it keeps."""
        autodiscover_modules("tasks", "keeping")
