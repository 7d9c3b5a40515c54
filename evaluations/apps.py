from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "Self-evaluation, evidence and evaluations"

    def ready(self) -> None:
        from audit.narrate import register
        from documents import holders
        from evaluations import conditions, permissions, rooms, tasks  # noqa: F401  # registers the jobs
        from evaluations.sentences import SENTENCES

        register(SENTENCES)
        conditions.bring()
        rooms.bring()
        holders.register("evaluations.selfevaluation", permissions.SELF_EVALUATION_FILES)
        holders.register("evaluations.receipt", permissions.RECEIPTS)
