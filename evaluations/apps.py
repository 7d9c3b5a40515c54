from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "Self-evaluation, evidence and evaluations"

    def ready(self) -> None:
        from accounts import ties
        from audit.narrate import register, register_many
        from audit.proof import bring_deeds
        from documents import holders
        from evaluations import conditions, deeds, permissions, queries, rooms, tasks  # noqa: F401  # registers the jobs
        from evaluations.actions.gaps import GAP
        from evaluations.sentences import OF_MANY, SENTENCES, TITLES

        register(SENTENCES, TITLES)
        register_many(OF_MANY)
        bring_deeds(queries.deeds_kept)
        conditions.bring()
        deeds.bring()
        rooms.bring()
        ties.register_gap(GAP)
        holders.register("evaluations.selfevaluation", permissions.SELF_EVALUATION_FILES)
        holders.register("evaluations.receipt", permissions.RECEIPTS)
