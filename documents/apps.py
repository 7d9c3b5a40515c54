"""Start-up of the documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Brings the sentences of its events to the record."""

    name = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from audit.narrate import register, register_many
        from documents.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        register_many(OF_MANY)
