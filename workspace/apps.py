from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    verbose_name = "Home, overview and what sees all"

    def ready(self) -> None:
        from audit.narrate import register
        from inspections.rooms import Room, bring
        from workspace import steps
        from workspace.queries import overview_url
        from workspace.sentences import SENTENCES, TITLES

        register(SENTENCES, TITLES)
        bring(Room("overview", "Overview", 10, overview_url, lambda person, inspection: True))
        steps.bring()
