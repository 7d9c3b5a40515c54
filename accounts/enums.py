"""The kinds of agency that work in a joint inspection (`docs/glossary.md`)."""

from django.db import models


class AgencyKind(models.TextChoices):
    """Whose side an agency is on, and what it is called there."""

    CARE_INSPECTORATE = "care_inspectorate", "Care Inspectorate"
    HEALTHCARE_IMPROVEMENT_SCOTLAND = (
        "healthcare_improvement_scotland",
        "Healthcare Improvement Scotland",
    )
    EDUCATION_SCOTLAND = "education_scotland", "Education Scotland"
    HMICS = "hmics", "HM Inspectorate of Constabulary in Scotland"
    COUNCIL = "council", "council"
    HEALTH_BOARD = "health_board", "health board"
    POLICE = "police", "Police Scotland"
    REPORTER = "reporter", "Scottish Children's Reporter Administration"
    THIRD_SECTOR = "third_sector", "third sector"
    SYSTEM = "system", "the system itself"


INSPECTORATES = (
    AgencyKind.CARE_INSPECTORATE,
    AgencyKind.HEALTHCARE_IMPROVEMENT_SCOTLAND,
    AgencyKind.EDUCATION_SCOTLAND,
    AgencyKind.HMICS,
)
