"""The example's people: invented, one for each relation to an inspection. The tests use the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.enums import AgencyKind
from accounts.roles import Role

PASSWORD = "seven quiet glens"  # of the example alone; such people cannot sign in elsewhere
DOMAIN = "glenmarrow.example"

AGENCIES: dict[str, tuple[str, AgencyKind]] = {
    "ci": ("Care Inspectorate", AgencyKind.CARE_INSPECTORATE),
    "his": ("Healthcare Improvement Scotland", AgencyKind.HEALTHCARE_IMPROVEMENT_SCOTLAND),
    "es": ("Education Scotland", AgencyKind.EDUCATION_SCOTLAND),
    "hmics": ("HM Inspectorate of Constabulary in Scotland", AgencyKind.HMICS),
    "council": ("Glenmarrow Council", AgencyKind.COUNCIL),
    "health": ("NHS Glenmarrow", AgencyKind.HEALTH_BOARD),
    "police": ("Police Scotland, Glenmarrow Division", AgencyKind.POLICE),
    "reporter": ("Children's Reporter, Glenmarrow", AgencyKind.REPORTER),
    "third": ("Glenmarrow Voluntary Action", AgencyKind.THIRD_SECTOR),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. ``key`` is also the start of the e-mail address."""

    key: str
    name: str
    designation: str
    agency: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@{DOMAIN}"


OFFICES = (
    Person("programme_manager", "Una Breck", "Programme manager", "ci", Role.PROGRAMME_MANAGER),
    Person(
        "service_manager",
        "Colm Rannoch",
        "Service manager, strategic scrutiny",
        "ci",
        Role.SERVICE_MANAGER,
    ),
    Person(
        "panel_chair", "Effie Lorne", "Chief inspector, chair of the panel", "ci", Role.PANEL_CHAIR
    ),
)
TEAM = (
    Person("lead", "Isla Dunmore", "Inspection lead", "ci", Role.INSPECTION_LEAD),
    Person("depute", "Hamish Torrin", "Depute inspection lead", "ci", Role.DEPUTE),
    Person(
        "participation_lead", "Mairi Ardle", "Participation lead", "ci", Role.PARTICIPATION_LEAD
    ),
    Person("inspector", "Ewan Sleat", "Strategic inspector", "ci", Role.STRATEGIC_INSPECTOR),
    Person("health_inspector", "Fiona Kell", "Health inspector", "his", Role.PARTNER_INSPECTOR),
    Person(
        "education_inspector", "Rory Callan", "Education inspector", "es", Role.PARTNER_INSPECTOR
    ),
    Person(
        "police_inspector",
        "Catriona Esk",
        "Inspector of constabulary",
        "hmics",
        Role.PARTNER_INSPECTOR,
    ),
    Person("associate", "Neil Orrin", "Associate assessor", "ci", Role.ASSOCIATE_ASSESSOR),
    Person(
        "volunteer",
        "Skye Maree",
        "Young inspection volunteer",
        "ci",
        Role.YOUNG_INSPECTION_VOLUNTEER,
    ),
    Person(
        "support_officer", "Jean Alder", "Strategic support officer", "ci", Role.SUPPORT_OFFICER
    ),
)
PARTNERSHIP = (
    Person(
        "coordinator",
        "Morag Finlas",
        "Inspection co-ordinator",
        "council",
        Role.INSPECTION_COORDINATOR,
    ),
    Person(
        "participation_coordinator",
        "Lewis Garry",
        "Participation co-ordinator",
        "third",
        Role.PARTICIPATION_COORDINATOR,
    ),
    Person(
        "concerns_lead",
        "Ailsa Corran",
        "Head of children's social work",
        "council",
        Role.CONCERNS_LEAD,
    ),
    Person(
        "chief_officer",
        "Iain Strathy",
        "Chief executive of the council",
        "council",
        Role.CHIEF_OFFICER,
    ),
    Person("health_contributor", "Kirsty Nevis", "Nurse director", "health", Role.CONTRIBUTOR),
    Person("police_contributor", "Struan Lyon", "Superintendent", "police", Role.CONTRIBUTOR),
    Person(
        "reporter_contributor",
        "Elspeth Tay",
        "Locality reporter manager",
        "reporter",
        Role.CONTRIBUTOR,
    ),
    Person(
        "local_reader", "Angus Leven", "Quality assurance officer", "council", Role.LOCAL_READER
    ),
)
EVERYBODY = OFFICES + TEAM + PARTNERSHIP
