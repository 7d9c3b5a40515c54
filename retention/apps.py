from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"
    verbose_name = "Keeping and letting go"

    def ready(self) -> None:
        from audit.narrate import register
        from documents import holders
        from retention import deeds, permissions, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from retention.sentences import SENTENCES

        register(SENTENCES)
        deeds.bring()
        rooms.bring()
        holders.register("retention.disposallist", permissions.CERTIFICATES)
        holders.register("retention.subjectaccesspack", permissions.PACKS)
