from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Areas, the programme and the inspection"

    def ready(self) -> None:
        from accounts import holdings, ties
        from audit.narrate import register, register_many
        from audit.proof import bring_deeds
        from audit.record import ask_for_whom
        from core.web import explain_missing, watch_missing
        from documents import holders
        from inspections import conditions, deeds, permissions, queries, rooms, tasks  # noqa: F401  # tasks registers the jobs
        from inspections.actions.parts import TIES
        from inspections.actions.readings import note_trying
        from inspections.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        ask_for_whom(queries.acts_for)
        explain_missing(queries.why_not_seen)
        watch_missing(note_trying)
        register_many(OF_MANY)
        bring_deeds(queries.deeds_kept)
        holdings.bring(permissions.roles_held)
        holdings.bring_shared(permissions.roles_beside)
        conditions.bring()
        deeds.bring()
        rooms.bring_own()
        ties.register(TIES)
        holders.register("inspections.inspection", permissions.LETTERS)
