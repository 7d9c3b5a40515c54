from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "concerns"
    verbose_name = "Matters of serious concern"

    def ready(self) -> None:
        from audit.narrate import register, register_many
        from concerns import deeds, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from concerns.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        register_many(OF_MANY)
        deeds.bring()
        rooms.bring()
