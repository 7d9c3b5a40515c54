from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People, agencies and what they may do"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in
        from allauth.usersessions.signals import on_user_logged_in

        from accounts import fresh, queries, tasks, witness  # noqa: F401  # they hear what allauth says; tasks registers the jobs
        from accounts.sentences import SENTENCES, TITLES
        from audit.narrate import register
        from audit.proof import bring_held, bring_use
        from core.mail import bring_choice

        register(SENTENCES, TITLES)
        bring_choice(queries.wants_one_letter_a_day)
        bring_held(queries.anchors_in_letters)
        bring_use(queries.in_use)
        user_logged_in.disconnect(
            on_user_logged_in
        )  # accounts.fresh does it, for every way in, in fewer queries
