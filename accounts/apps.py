from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People, agencies and what they may do"

    def ready(self) -> None:
        from accounts.sentences import SENTENCES
        from audit.narrate import register

        register(SENTENCES)
