from django.apps import AppConfig


class OnsiteConfig(AppConfig):
    name = "onsite"
    verbose_name = "The days on site"

    def ready(self) -> None:
        from audit.narrate import register, register_many
        from onsite import rooms
        from onsite.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        register_many(OF_MANY)
        rooms.bring()
