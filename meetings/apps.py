from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings with the partnership"

    def ready(self) -> None:
        from audit.narrate import register, register_many
        from documents import holders
        from meetings import deeds, permissions, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from meetings.sentences import OF_MANY, SENTENCES

        register(SENTENCES)
        register_many(OF_MANY)
        deeds.bring()
        rooms.bring()
        holders.register("meetings.meeting", permissions.RECORDS)
