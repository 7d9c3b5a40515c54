"""Reference data: loaded twice it changes nothing, and what is wrong is refused with row and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Agency
from core.tables import BadRow
from inspections import permissions, rules
from inspections.actions import reference
from inspections.models import Area, Method, MethodPhase, MethodStep, SchoolHolidayWeek
from inspections.school_holidays import HolidayWeek
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World


def copy_of(name: str, folder: Path, *changes: tuple[str, str]) -> Path:
    """The product's own file, changed, in a folder of the test."""
    text = (reference.REFERENCE / name).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text)
    return path


def state() -> list[list[tuple[object, ...]]]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Area, Method, MethodPhase, MethodStep, SchoolHolidayWeek)
    ]


# ---------- What comes with the product ----------


def test_load_reference_twice_changes_nothing(reference_data: None) -> None:
    before = state()
    call_command("load_reference", verbosity=0)
    assert state() == before
    assert Area.objects.count() == 32
    assert MethodStep.objects.count() == 44
    assert MethodPhase.objects.count() == 3


def test_load_areas_gives_each_area_the_agencies_of_its_partnership(reference_data: None) -> None:
    named = {
        area.name: {agency.name for agency in area.agencies.all()}
        for area in Area.objects.filter(is_invented=False).prefetch_related("agencies")
    }
    assert {len(agencies) for agencies in named.values()} == {5}
    assert named["Angus"] == {
        "Angus Council",
        "NHS Tayside",
        "Police Scotland, Tayside Division",
        "Scottish Children's Reporter Administration",
        "Third sector in Angus",
    }
    assert "Comhairle nan Eilean Siar" in named["Na h-Eileanan Siar"]
    assert Agency.objects.filter(name="NHS Tayside").count() == 1


def test_load_areas_with_31_is_refused(reference_data: None, tmp_path: Path) -> None:
    text = (reference.REFERENCE / "areas.csv").read_text().splitlines(keepends=True)
    (tmp_path / "areas.csv").write_text("".join(text[:-1]))
    with pytest.raises(
        BadRow, match=r"areas\.csv, row 32: Scotland has 32 council areas; this file has 31\."
    ):
        reference.load_areas(tmp_path / "areas.csv")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("S12000033,,Aberdeen City,Grampian", "S12000033,,Aberdeen City,"),
            "row 2: nhs_board is empty.",
        ),
        (("S12000033", "E12000033"), "row 2: E12000033 is not the code of a council area."),
        (("S12000033", "S1200003x"), "row 2: S1200003x is not the code of a council area."),
        (("S12000034", "S12000033"), "row 3: “S12000033” stands in row 2 already."),
        (("Aberdeenshire", "Aberdeen City"), "row 3: “Aberdeen City” stands in row 2 already."),
        (("S12000034", "S12000099"), "row 3: Aberdeenshire has the code S12000034, not S12000099."),
        (
            ("Grampian,S08000020", "Grampain,S08000020"),
            r"row 2: nhs_board_code S08000020 is Grampian \(nhs_boards.csv, row 6\), not “Grampain”.",
        ),
        (
            ("Grampian,S08000020", "Grampian,S08000022"),
            r"row 2: nhs_board_code S08000022 is Highland \(nhs_boards.csv, row 7\), not “Grampian”.",
        ),
        (
            ("Fife,S08000029", "Fife,S08000099"),
            "row 15: nhs_board_code “S08000099” is not one of the 14.",
        ),
        (
            ("A,North East", "D,North East"),
            r"row 2: police_division_letter D is Tayside \(police_divisions.csv, row 4\), not “North East”.",
        ),
        (
            ("A,North East", "B,North East"),
            "row 2: police_division_letter “B” is not one of the 13.",
        ),
        (
            ("Shetland,S08000026", "Orkney,S08000025"),
            r"areas.csv: no area has Shetland \(nhs_board_code S08000026\).",
        ),
        (("P,Fife", "A,North East"), r"no area has Fife \(police_division_letter P\)."),
        (("S12000015", "S12000047"), "row 15: S12000047 stands in row 15 already."),
        (("council_area", "area"), "row 1: the first line has no column “council_area”."),
        (
            (
                "S12000034,",
                "S12000051,,Skye,Highland,S08000022,N,Highlands and Islands\nS12000034,",
            ),
            "row 34: Scotland has 32 council areas; this file has 33.",
        ),
    ],
)
def test_load_areas_with_a_wrong_row_changes_nothing(
    reference_data: None, tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    before = state()
    with pytest.raises(BadRow, match=sentence):
        reference.load_areas(copy_of("areas.csv", tmp_path, change))
    assert state() == before


def test_load_method_may_change_while_nobody_inspects_by_it(
    reference_data: None, tmp_path: Path
) -> None:
    path = copy_of("method_2018.csv", tmp_path, ("Panel amendments made", "Amendments made"))
    reference.load_method(path=path)
    assert MethodStep.objects.get(key="panel_amendments").title == "Amendments made"
    assert MethodStep.objects.count() == 44


def test_load_method_takes_other_phases_while_nobody_inspects_by_it(
    reference_data: None, tmp_path: Path
) -> None:
    path = copy_of("phases_2018.csv", tmp_path, ("1,1,11", "1,1,12"), ("2,12,19", "2,13,19"))
    with pytest.raises(BadRow, match=r"week 12 is outside phase 2, weeks 13 to 19 \(R7\)"):
        reference.load_method(phases_path=path)
    path = copy_of("phases_2018.csv", tmp_path, ("2,12,19", "2,12,18"), ("3,20,35", "3,19,35"))
    steps = copy_of(
        "method_2018.csv", tmp_path, ("end_phase_two,2,meeting,19", "end_phase_two,2,meeting,18")
    )
    reference.load_method(path=steps, phases_path=path)
    phases = MethodPhase.objects.values_list("number", "first_week", "last_week")
    assert list(phases) == [(1, 1, 11), (2, 12, 18), (3, 19, 35)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("2,12,19", "2,13,19"), "row 3: phase 2 begins in week 13; week 12 belongs to no phase"),
        (("2,12,19", "2,11,19"), "row 3: phase 2 begins in week 11, which belongs to phase 1"),
        (("3,20,35", "3,20,34"), "row 4: the phases have 34 weeks together; the method has 35"),
    ],
)
def test_load_method_with_wrong_phases_changes_nothing(
    reference_data: None, tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    before = state()
    with pytest.raises(BadRow, match=sentence):
        reference.load_method(phases_path=copy_of("phases_2018.csv", tmp_path, change))
    assert state() == before


@pytest.mark.at_week(0)
def test_load_method_in_use_keeps_its_phases(world: World, tmp_path: Path) -> None:
    before = state()
    path = copy_of("phases_2018.csv", tmp_path, ("2,12,19", "2,12,20"), ("3,20,35", "3,21,35"))
    steps = copy_of(
        "method_2018.csv", tmp_path, ("final_analysis,3,window,20", "final_analysis,3,window,21")
    )
    with pytest.raises(BadRow, match="Method 2018 is in use and does not change"):
        reference.load_method(path=steps, phases_path=path)
    assert state() == before


@pytest.mark.at_week(0)
def test_load_method_in_use_does_not_change(world: World, tmp_path: Path) -> None:
    before = state()
    path = copy_of("method_2018.csv", tmp_path, ("Panel amendments made", "Amendments made"))
    with pytest.raises(BadRow, match="Method 2018 is in use and does not change"):
        reference.load_method(path=path)
    assert state() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("S12000023", "S12000099"), "row 2: S12000099 is not the code of a known area."),
        (("2019-04-08", "2019-04-01"), "row 3: “S12000023”, “2019-04-01” stands in row 2 already."),
        (("2019-04-01", "2019-04-02"), "row 2: 2019-04-02 is a Tuesday; a week is named by"),
        (("2019-04-01", "2019-04-31"), "row 2: “2019-04-31” is not a date like 2025-10-13."),
        (("2019-04-01", "20190401"), "row 2: “20190401” is not a date like 2025-10-13."),
        (("2019-04-01", "1919-04-07"), "row 2: the year 1919 is not between 2000 and 2099."),
        (("2018-19", "2019-20"), "row 2: 2019-04-01 is in the school year 2018-19, not “2019-20”."),
        ((",assumed", ",certain"), "row 2: certainty “certain” is not published, likely, assumed."),
        ((",assumed", ","), "row 2: certainty is empty."),
        (("Spring holiday", "x" * 81), "row 2: name is longer than 80 characters."),
        (("monday", "week"), "row 1: the first line has no column “monday”."),
    ],
)
def test_load_school_holidays_with_a_wrong_row_changes_nothing(
    reference_data: None, tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    before = state()
    with pytest.raises(BadRow, match=sentence):
        reference.load_school_holidays(copy_of("school_holidays.csv", tmp_path, change))
    assert state() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("write_up_one", None),
            r"method_2018.csv, row 44: the method has 44 steps \(methods.csv, row 2\); this file has 43.",
        ),
        (("panel", None), "the step “panel” is missing, which the product knows by name."),
        (("until_weekday", "until_day"), "row 1: the first line has no column “until_weekday”."),
        (("pir_due,", "pack_sent,"), "row 13: “pack_sent” stands in row 6 already."),
        (("Report drafting,lead", "Report drafting,"), "row 33: owner is empty."),
        (("Report drafting", "x" * 201), "row 33: title is longer than 200 characters."),
    ],
)
def test_load_method_with_a_wrong_row_changes_nothing(
    reference_data: None, tmp_path: Path, change: tuple[str, str | None], sentence: str
) -> None:
    before = state()
    old, new = change
    lines = (reference.REFERENCE / "method_2018.csv").read_text().splitlines(keepends=True)
    path = tmp_path / "method_2018.csv"
    if new is None:
        path.write_text("".join(line for line in lines if not line.startswith(f"{old},")))
    else:
        path.write_text("".join(lines).replace(old, new, 1))
    with pytest.raises(BadRow, match=sentence):
        reference.load_method(path=path)
    assert state() == before


def test_load_areas_takes_a_code_that_was_reissued(reference_data: None, tmp_path: Path) -> None:
    before = Area.objects.get(name="Angus")
    reference.load_areas(
        copy_of("areas.csv", tmp_path, ("S12000041,,Angus", "S12000061,S12000041,Angus"))
    )
    after = Area.objects.get(name="Angus")
    assert (after.pk, after.code, after.former_code) == (before.pk, "S12000061", "S12000041")


# ---------- What people bring in ----------

CSV = b"gss_code,monday,name\nS12999901,2026-05-04,Spring\nS12999901,2026-05-12,Spring\n"
ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260504
DTEND;VALUE=DATE:20260516
SUMMARY:Spring
END:VEVENT
END:VCALENDAR
"""
MONDAYS = [date(2026, 5, 4), date(2026, 5, 11)]


def url(page: str, *args: object) -> str:
    return reverse(f"inspections:{page}", args=["S12999901", *args])


def upload(client: StrictClient, name: str, content: bytes) -> str:
    response = client.post(
        url("import-school-holidays"), {"file": SimpleUploadedFile(name, content)}, follow=True
    )
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("name", "content"), [("weeks.csv", CSV), ("weeks.ics", ICS)])
def test_import_school_holidays(
    world: World, client: StrictClient, name: str, content: bytes
) -> None:
    client.as_(world.people["programme_manager"])
    before = record.count()
    page = upload(client, name, content)
    assert "2 new weeks for Glenmarrow, no weeks known already, nothing left out." in page
    assert "Week of Monday 4 May 2026: Spring" in page
    added = SchoolHolidayWeek.objects.filter(area=world.area, source=name)
    assert [week.monday for week in added] == MONDAYS
    assert record.count() == before + 1
    assert record.last_sentence() == "Una Breck brought in 2 school-holiday weeks for Glenmarrow."
    page = upload(client, name, content)
    assert "Nothing new: every week in the file was known already." in page
    assert "no new weeks for Glenmarrow, 2 weeks known already" in page
    assert added.count() == 2
    assert record.count() == before + 1


@pytest.mark.at_week(0)
def test_import_school_holidays_says_what_was_left_out_and_why(
    world: World, client: StrictClient
) -> None:
    content = ICS.replace(b"DTEND;VALUE=DATE:20260516", b"DTEND;VALUE=DATE:20260519")
    page = upload(client.as_(world.people["programme_manager"]), "weeks.ics", content)
    assert "2 new weeks for Glenmarrow, no weeks known already, 1 thing left out." in page
    assert "The week of Monday 18 May 2026 has only Monday 18 May (“Spring”)" in page
    assert url("add-school-holiday-week") in page


@pytest.mark.at_week(0)
def test_import_school_holidays_takes_a_table_without_a_code_as_of_the_page(
    world: World, client: StrictClient
) -> None:
    table = "Monday;Name\r\n04/05/2026;Spring\r\n13 May 2026;Spring\r\n".encode("utf-8-sig")
    page = upload(client.as_(world.people["programme_manager"]), "weeks.csv", table)
    assert "2 new weeks for Glenmarrow" in page
    assert "named by Wednesday 13 May 2026" in page
    added = SchoolHolidayWeek.objects.filter(area=world.area, source="weeks.csv")
    assert [week.monday for week in added] == MONDAYS


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("weeks.pdf", b"%PDF-1.7", "the file is neither a calendar (.ics) nor a table (.csv)."),
        ("weeks.csv", b"", "The submitted file is empty."),
        ("weeks.csv", b"gss_code,monday,name\n", "the table has no rows under its first line."),
        (
            "weeks.csv",
            CSV.replace(b"2026-05-12", b"12 May"),
            "weeks.csv, row 3: “12 May” cannot be read as a date.",
        ),
        (
            "weeks.csv",
            CSV.replace(b"S12999901", b"S12000033"),
            "row 2: this row is about the area S12000033",
        ),
        ("weeks.ics", b"hello", "the file is not a calendar file (.ics)."),
        ("weeks.csv", b"x" * (1024 * 1024 + 1), "This file is larger than 1 MB."),
    ],
)
def test_import_school_holidays_refuses_what_is_wrong(
    world: World, client: StrictClient, name: str, content: bytes, sentence: str
) -> None:
    before = SchoolHolidayWeek.objects.count(), record.count()
    page = upload(client.as_(world.people["programme_manager"]), name, content)
    assert sentence in page
    assert (SchoolHolidayWeek.objects.count(), record.count()) == before


@pytest.mark.at_week(0)
def test_import_school_holidays_that_fails_leaves_nothing_behind(world: World) -> None:
    before = SchoolHolidayWeek.objects.count(), record.count()
    undone(
        lambda: reference.import_school_holidays(
            world.area,
            weeks=[HolidayWeek("S12999901", MONDAYS[0], "Spring", "2025-26")],
            source="test",
            by=world.people["programme_manager"],
            at=world.now,
        )
    )
    assert (SchoolHolidayWeek.objects.count(), record.count()) == before


@pytest.mark.at_week(0)
def test_remove_school_holiday_week_twice_is_once(world: World, client: StrictClient) -> None:
    week = world.area.school_holiday_weeks.all()[0]
    client.as_(world.people["programme_manager"])
    before = record.count()
    address = url("remove-school-holiday-week", week.pk)
    first = client.post(address, follow=True).content.decode()
    assert "is no school-holiday week of Glenmarrow any more: it counts again." in first
    assert "one that runs keeps the weeks it was notified with" in first
    assert "That week was removed already." in client.post(address, follow=True).content.decode()
    assert not SchoolHolidayWeek.objects.filter(pk=week.pk).exists()
    assert record.count() == before + 1
    assert "removed the school-holiday week of" in record.last_sentence()


@pytest.mark.at_week(0)
def test_can_edit_reference_data(world: World, client: StrictClient) -> None:
    allowed = {
        key for key, person in world.people.items() if permissions.can_edit_reference_data(person)
    }
    assert allowed == {"programme_manager"}
    client.as_(world.people["lead"])
    for address in (
        reverse("inspections:areas"),
        url("area"),
        url("import-school-holidays"),
        url("add-school-holiday-week"),
    ):
        response = client.get(address)
        assert response.status_code == 403
        assert "Only a programme manager edits areas" in response.content.decode()


@pytest.mark.at_week(0)
def test_areas_pages(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    assert "Glenmarrow</a> (invented)" in client.get(reverse("inspections:areas")).content.decode()
    assert "Summer" in client.get(url("area")).content.decode()
    assert client.get(reverse("inspections:area", args=["S12000099"])).status_code == 404


# ---------- One week by hand ----------


@pytest.mark.at_week(0)
def test_may_add_school_holiday_week_once(world: World) -> None:
    known = world.area.school_holiday_weeks.all()[0].monday
    assert rules.may_add_school_holiday_week(world.area, monday=MONDAYS[0])
    verdict = rules.may_add_school_holiday_week(world.area, monday=known)
    assert (verdict.sentence, verdict.source) == (
        f"The week of {known:%A %-d %B %Y} is a school-holiday week of Glenmarrow already.",
        "R6",
    )


@pytest.mark.at_week(0)
def test_can_add_school_holiday_week(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_add_school_holiday_week(person)
    }
    assert allowed == {"programme_manager"}


@pytest.mark.at_week(0)
def test_add_school_holiday_week(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    before = record.count()
    assert client.get(url("add-school-holiday-week")).status_code == 200
    response = client.post(
        url("add-school-holiday-week"), {"day": "6/5/2026", "name": "Spring"}, follow=True
    )
    assert response.redirect_chain == [(url("area"), 302)]
    page = response.content.decode()
    assert "The week of Monday 4 May 2026 is a school-holiday week of Glenmarrow now." in page
    added = SchoolHolidayWeek.objects.get(area=world.area, monday=MONDAYS[0])
    assert (added.name, added.source) == ("Spring", "added by hand")
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Una Breck added the school-holiday week of 4 May 2026 for Glenmarrow."
    )


@pytest.mark.at_week(0)
def test_add_school_holiday_week_that_fails_leaves_nothing_behind(world: World) -> None:
    before = SchoolHolidayWeek.objects.count(), record.count()
    undone(
        lambda: reference.add_school_holiday_week(
            world.area,
            day=MONDAYS[0],
            name="",
            by=world.people["programme_manager"],
            at=world.now,
        )
    )
    assert (SchoolHolidayWeek.objects.count(), record.count()) == before


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Write a day of the week that is a holiday."),
        ("4 Mai 2026", "“mai” is not a month."),
        ("25 December 2025", "is a school-holiday week of Glenmarrow already."),
    ],
)
def test_add_school_holiday_week_with_a_bad_form(
    world: World, client: StrictClient, day: str, sentence: str
) -> None:
    before = SchoolHolidayWeek.objects.count(), record.count()
    client.as_(world.people["programme_manager"])
    page = client.post(url("add-school-holiday-week"), {"day": day, "name": "Spring"})
    assert sentence in page.content.decode()
    assert 'href="#id_day"' in page.content.decode()
    assert (SchoolHolidayWeek.objects.count(), record.count()) == before


@pytest.mark.at_week(0)
def test_area_page_shows_this_year_and_the_next_and_folds_the_years_gone_by(
    world: World, client: StrictClient
) -> None:
    SchoolHolidayWeek.objects.filter(area=world.area, monday__gte=date(2026, 8, 1)).delete()
    page = client.as_(world.people["programme_manager"]).get(url("area")).content.decode()
    open_part, _, folded = page.partition('<summary class="ds_details__summary">School year')
    assert "School year 2025-26" in open_part
    assert 'School year 2026-27</h3>\n<p class="app-quiet">No week is known.' in open_part
    assert "2024-25" in folded
