"""A method that cannot become a timetable is refused with the row and the reason."""

import re
from pathlib import Path

import pytest

from core.tables import BadRow, Row, read_csv
from inspections.timetable import Kind, parse_method, parse_phases, read_method
from inspections.timetable import files as method_files
from inspections.timetable.checks import WEEKS_BY_RULE
from inspections.timetable.draw import PUBLICATION_ORDER
from inspections.timetable.ties import ORDERS, PERIOD_RULES
from workspace.work import STEP_PAGES

REFERENCE = Path(__file__).resolve().parents[2] / "inspections" / "reference"
ROWS = read_csv(REFERENCE / "method_2018.csv")
PHASES = {1: (1, 11), 2: (12, 19), 3: (20, 35)}


def changed(key: str, /, **cells: str) -> list[Row]:
    return [
        Row(row.file, row.number, {**row, **cells}) if row["key"] == key else row for row in ROWS
    ]


def without(key: str) -> list[Row]:
    return [row for row in ROWS if row["key"] != key]


def test_the_method_of_2018_is_read_whole():
    method = read_method(REFERENCE, "2018")
    assert method.phases == PHASES
    assert len(method.steps) == len(ROWS) == 44
    assert (method.key, method.length, method.onsite_days) == ("2018", 35, 10)
    assert [step.key for step in method.onsite_steps] == [
        "records_reading",
        "fieldwork_children",
        "fieldwork_staff",
    ]
    assert [method.phase_of(week) for week in (1, 11, 12, 19, 20, 35, 36)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        "after",
    ]
    assert {step.kind for step in method.steps} == set(Kind)


def test_another_version_keeps_its_own_key_and_phases():
    rows = [row for row in ROWS if row["phase"] in ("1", "2")]
    method = parse_method(rows, key="2030", title="A shorter one", phases={1: (1, 11), 2: (12, 19)})
    assert (method.key, method.length, method.steps[0].key) == ("2030", 19, "notification")


def test_rows_may_come_from_elsewhere_than_a_file():
    plain = [{**row, "week": int(row["week"]) if row["week"] else None} for row in ROWS]
    assert parse_method(plain, phases=PHASES) == parse_method(ROWS, phases=PHASES)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            changed("pir_due", kind="party"),
            "row 13: the kind “party” is not milestone, due, window, meeting, onsite.",
        ),
        (changed("pir_due", week="12"), "row 13: week 12 is outside phase 1, weeks 1 to 11 (R7)."),
        (changed("publication", week="36"), "week 36 is outside phase 3, weeks 20 to 35 (R7)."),
        (
            changed("process_feedback", week="35"),
            "week 35 is outside phase after, weeks 36 to 120 (R7).",
        ),
        (changed("pir_due", week="0"), "row 13: week “0” is not a week from 1 on."),
        (changed("pir_due", week="seven"), "row 13: week “seven” is not a week from 1 on."),
        (changed("pir_due", week="²"), "row 13: week “²” is not a week from 1 on."),
        (
            changed("pir_due", weekday="Sat"),
            "row 13: weekday “Sat” is not Mon, Tue, Wed, Thu, Fri.",
        ),
        (
            changed("pir_due", weekday=""),
            "row 13: week and weekday go together; one of them is missing.",
        ),
        (
            changed("pir_due", week="", weekday=""),
            "row 13: has neither a week nor a rule that says after what",
        ),
        (
            changed("pir_due", until_week="8", until_weekday="Fri"),
            "a step of kind due is one day and has no end.",
        ),
        (changed("pir_due", phase="4"), "row 13: the phase “4” is not 1, 2, 3 or after."),
        (
            changed("pir_due", key="PIR due"),
            "row 13: the key “PIR due” is not a word of lower-case letters",
        ),
        (changed("pir_due", title=""), "row 13: the title is missing."),
        (changed("pir_due", key="pack_sent"), "row 13: the key “pack_sent” stands twice."),
        (changed("pir_due", after="soon"), "row 13: the rule “soon” is not like publication+6w"),
        (
            changed("pir_due", after="nothing+6w"),
            "row 13: leans on the step “nothing”, which the method does not",
        ),
        (changed("publication", after="action_plan_due+6w"), "leans on itself in a circle."),
        (
            changed("briefings", until_week="4", until_weekday="Mon", weekday="Wed"),
            "ends before it starts.",
        ),
        (changed("briefings", until_week="3"), "row 9: ends before it starts."),
        (
            changed("briefings", until_week="", until_weekday=""),
            "a step of kind window needs until_week",
        ),
        (
            changed("briefings", until_weekday=""),
            "until_week and until_weekday go together; one of them",
        ),
        (
            changed("fieldwork_staff", until_weekday="Thu"),
            "the on-site days sum to 9, not to 10 (R9).",
        ),
        (
            changed("fieldwork_staff", week="12", until_week="12"),
            "its on-site days overlap with those of",
        ),
        (
            changed("pir_due", kind="onsite", until_week="7", until_weekday="Mon"),
            "on-site days belong in phase 2",
        ),
        (without("records_reading"), "leans on the step “records_reading”"),
        (without("notification"), "the step “notification” must stand in week 1 (R6)."),
        (changed("notification", week="2"), "the step “notification” must stand in week 1 (R6)."),
        ([], "method 2018: the method has no steps."),
    ],
)
def test_a_wrong_method_is_refused_with_row_and_reason(rows: list[Row], sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_method(rows, phases=PHASES)
    assert sentence in str(refused.value)


def phases(*weeks: tuple[object, object, object]) -> list[Row]:
    return [
        Row("phases", number, {"phase": str(p), "first_week": str(first), "last_week": str(last)})
        for number, (p, first, last) in enumerate(weeks, start=2)
    ]


def test_the_phases_of_another_method_are_its_own():
    assert parse_phases(phases((1, 1, 7), (2, 8, 21)), weeks=21) == {1: (1, 7), 2: (8, 21)}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "phases: the method has no phases."),
        (
            phases((1, 1, 11), (2, 13, 19), (3, 20, 35)),
            "phases, row 3: phase 2 begins in week 13; week 12 belongs to no phase (R7).",
        ),
        (
            phases((1, 3, 35)),
            "phases, row 2: phase 1 begins in week 3; weeks 1 to 2 belong to no phase (R7).",
        ),
        (
            phases((1, 1, 11), (2, 11, 19), (3, 20, 35)),
            "row 3: phase 2 begins in week 11, which belongs to phase 1 already (R7).",
        ),
        (
            phases((1, 1, 11), (2, 12, 19), (3, 20, 34)),
            "row 4: the phases have 34 weeks together; the method has 35.",
        ),
        (phases((1, 1, 11), (2, 12, 36)), "the phases have 36 weeks together; the method has 35."),
        (phases((1, 1, 11), (3, 12, 35)), "row 3: the phase “3” is not 2, which comes next."),
        (phases((1, 11, 1)), "row 2: phase 1 ends in week 1, before it begins."),
        (phases((1, "", 11)), "row 2: first_week “” is not a week from 1 on."),
        (phases((1, 1, "²")), "row 2: last_week “²” is not a week from 1 on."),
        (phases((1, 0, 35)), "row 2: first_week “0” is not a week from 1 on."),
    ],
)
def test_wrong_phases_are_refused_with_row_and_reason(rows: list[Row], sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_phases(rows, weeks=35)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2018,Services,2019,35,44,S3", "There is no method “2030”; there is 2018."),
        ("2030,,2019,35,44,S3", "row 2: the title is missing."),
        ("2030,A shorter one,,35,44,S3", "row 2: the framework_key is missing."),
        ("2030,A shorter one,2019,many,44,S3", "row 2: weeks “many” is not a number from 1 to 99."),
        ("2030,A shorter one,2019,0,44,S3", "row 2: weeks “0” is not a number from 1 to 99."),
        ("2030,A shorter one,2019,35,all,S3", "row 2: steps “all” is not a number from 1 to 99."),
        ("2018,A,2019,35,44,S3\n2018,B,2019,35,44,S3", "row 3: “2018” stands in row 2 already."),
    ],
)
def test_a_method_that_says_too_little_of_itself_is_refused(
    tmp_path: Path, line: str, sentence: str
):
    (tmp_path / "methods.csv").write_text(f"key,title,framework_key,weeks,steps,basis\n{line}\n")
    with pytest.raises(BadRow) as refused:
        read_method(tmp_path, "2030")
    assert sentence in str(refused.value)


def test_every_step_that_the_code_names_is_one_that_a_method_must_have():
    """A deed does it, a rule orders or dates it, or a page stands behind it: without it the deed marks nothing."""
    root = REFERENCE.parents[1]
    called = re.compile(r'complete_step_by_deed\([^()]*\bkey="(\w+)"')
    named = {
        key
        for app in ("inspections", "evaluations", "reports")
        for path in (root / app).glob("**/*.py")
        for key in called.findall(path.read_text(encoding="utf-8"))
    }
    named |= {key for order in ORDERS for key in (order.first, order.then)}
    named |= {*PUBLICATION_ORDER, *PERIOD_RULES, *WEEKS_BY_RULE, *STEP_PAGES}
    assert {"notification", "self_evaluation_due", "embargo_copy"} <= named
    assert named - set(method_files.KNOWN_BY_NAME) == set()
