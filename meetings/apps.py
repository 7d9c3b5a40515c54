from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings with the partnership"

    def ready(self) -> None:
        from audit.narrate import register, register_many
        from audit.proof import bring_deeds
        from documents import holders
        from meetings import deeds, permissions, queries, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from meetings.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        register_many(OF_MANY)
        bring_deeds(queries.deeds_kept)
        deeds.bring()
        rooms.bring()
        holders.register("meetings.meeting", permissions.RECORDS)
        holders.register("meetings.papers", permissions.PAPERS)
