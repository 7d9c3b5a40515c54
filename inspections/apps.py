from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Areas, the programme and the inspection"

    def ready(self) -> None:
        from audit.narrate import register
        from documents import holders
        from inspections import conditions, permissions, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from inspections.sentences import SENTENCES

        register(SENTENCES)
        conditions.bring()
        rooms.bring_own()
        holders.register("inspections.inspection", permissions.LETTERS)
