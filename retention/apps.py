from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"
    verbose_name = "Keeping and letting go"

    def ready(self) -> None:
        from audit.narrate import register
        from audit.proof import bring_held
        from documents import holders
        from retention import deeds, permissions, queries, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from retention.sentences import SENTENCES, TITLES

        register(SENTENCES, TITLES)
        bring_held(queries.events_on_certificates)
        deeds.bring()
        rooms.bring()
        holders.register("retention.disposallist", permissions.CERTIFICATES)
        holders.register("retention.subjectaccesspack", permissions.PACKS)
