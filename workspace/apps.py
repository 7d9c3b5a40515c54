from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    verbose_name = "Home, overview and what sees all"

    def ready(self) -> None:
        from audit.narrate import register
        from inspections.rooms import Room, bring
        from workspace import steps
        from workspace.queries import overview_url
        from workspace.sentences import SENTENCES

        register(SENTENCES)
        bring(Room("overview", "Overview", 10, overview_url, lambda person, inspection: True))
        steps.bring()
