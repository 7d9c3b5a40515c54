from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "The report and its publication"

    def ready(self) -> None:
        from audit.narrate import register
        from audit.proof import bring_deeds
        from documents import holders
        from reports import conditions, deeds, permissions, queries, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from reports.sentences import SENTENCES, TITLES

        register(SENTENCES, TITLES)
        bring_deeds(queries.deeds_kept)
        conditions.bring()
        deeds.bring()
        rooms.bring()
        holders.register("reports.report", permissions.FILES)
        holders.register("reports.edition", permissions.EDITIONS)
