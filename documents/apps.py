"""Start-up of the documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Brings the sentences of its events to the record."""

    name = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from audit.narrate import register
        from documents.sentences import SENTENCES

        register(SENTENCES)
