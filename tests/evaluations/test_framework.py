"""The quality framework as data: loaded once, refused with row and reason, never changed under an inspection."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import system_user
from audit.models import Event
from core.tables import BadRow, read_csv
from core.verdicts import Refused
from evaluations.actions.framework import (
    content_of,
    load_framework,
    load_framework_files,
    load_published_evaluations,
)
from evaluations.actions.framework_files import REFERENCE, read_framework
from evaluations.models import (
    Domain,
    EvaluationGroup,
    Framework,
    Indicator,
    IndicatorQuestion,
    PublishedEvaluation,
    QualityArea,
    Question,
    ScaleLevel,
)
from inspections.models import Area
from workspace.example.world import World

AT = timezone.make_aware(datetime(2026, 11, 22, 9, 0))
Edit = Callable[[str], str]


def without_last_line(text: str) -> str:
    return "\n".join(text.strip().splitlines()[:-1]) + "\n"


def first_line_twice(text: str) -> str:
    head, first, *rest = text.splitlines()
    return "\n".join([head, first, first, *rest]) + "\n"


def swap(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, f"{old} is not there to be swapped"
        return text.replace(old, new, 1)

    return edit


def reload(folder: Path = REFERENCE) -> Framework:
    return load_framework_files(by=system_user(), at=AT, folder=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(REFERENCE, tmp_path / "reference", copy_function=shutil.copyfile)


def test_the_framework_holds_22_indicators_10_areas_6_domains_5_questions_and_4_groups(
    reference_data: None,
) -> None:
    counted = [Indicator, QualityArea, Domain, Question, EvaluationGroup, ScaleLevel]
    assert [model.objects.count() for model in counted] == [22, 10, 6, 5, 4, 6]
    assert list(EvaluationGroup.objects.values_list("key", flat=True)) == [
        "1.1",
        "2.1",
        "2.2",
        "9.1-9.4",
    ]
    leadership = Indicator.objects.filter(group__key="9.1-9.4").values_list("number", flat=True)
    assert list(leadership) == ["9.1", "9.2", "9.3", "9.4"]


def test_area_10_holds_no_indicator_and_every_other_area_does(reference_data: None) -> None:
    empty = QualityArea.objects.filter(indicators__isnull=True)
    assert [(area.number, area.domain.name) for area in empty] == [(10, "Capacity for improvement")]


def test_every_indicator_speaks_to_a_question(reference_data: None) -> None:
    assert not Indicator.objects.filter(speaks_to__isnull=True).exists()
    primary = IndicatorQuestion.objects.filter(is_primary=True, question__number=1)
    assert sorted(primary.values_list("indicator__number", flat=True)) == ["5.1", "5.2", "5.3"]


def test_loading_again_changes_nothing(reference_data: None) -> None:
    events, numbers = Event.objects.count(), list(Indicator.objects.values_list("pk", flat=True))
    reload()
    assert Event.objects.count() == events
    assert list(Indicator.objects.values_list("pk", flat=True)) == numbers


@pytest.mark.parametrize(
    ("file", "edit", "sentence"),
    [
        (
            "quality_framework_2019.csv",
            without_last_line,
            "quality_framework_2019.csv: holds 21 indicators; the framework has 22.",
        ),
        (
            "areas_2019.csv",
            without_last_line,
            "areas_2019.csv: holds 9 areas; the framework has 10.",
        ),
        (
            "areas_2019.csv",
            swap("Capacity for improvement", "Leadership"),
            "areas_2019.csv: holds 5 domains; the framework has 6.",
        ),
        (
            "questions_2019.csv",
            without_last_line,
            "questions_2019.csv: holds 4 questions; the framework has 5.",
        ),
        (
            "quality_framework_2019.csv",
            swap("question_5", "question_6"),
            "quality_framework_2019.csv, row 2: question 6 is not one of the 5 inspection questions.",
        ),
        (
            "quality_framework_2019.csv",
            swap("primary,,,,", "mainly,,,,"),
            "quality_framework_2019.csv, row 7: “mainly” under question 1 should be primary, contributes or empty.",
        ),
        (
            "quality_framework_2019.csv",
            swap("2.2,Impact on families", "2.1,Impact on families"),
            "quality_framework_2019.csv, row 4: “2.1” stands in row 3 already.",
        ),
        (
            "scale_2019.csv",
            swap("6,Excellent", "7,Excellent"),
            "scale_2019.csv, row 2: level 7 is outside the scale, which runs from 1 to 6.",
        ),
        (
            "groups_2019.csv",
            without_last_line,
            "groups_2019.csv: the evaluated groups are exactly 1.1, 2.1, 2.2, 9.1-9.4, in this order (E1).",
        ),
        (
            "indicator_keys_2019.csv",
            without_last_line,
            "quality_framework_2019.csv, row 23: indicator 9.4 has no stable key.",
        ),
        (
            "published_evaluations.csv",
            swap("S12000023", "S12000099"),
            "published_evaluations.csv, row 2: “S12000099” is not the code of one of the 32 areas.",
        ),
        (
            "published_evaluations.csv",
            swap("S12000023", "S12000047"),
            "published_evaluations.csv, row 2: S12000047 is Fife, not “Orkney Islands”.",
        ),
        (
            "published_evaluations.csv",
            swap("2020-02,2,2,3,1", "2020-02,2,2,3,0"),
            "published_evaluations.csv, row 2: “0” under qi_9 is not a level from 1 to 6.",
        ),
        (
            "published_evaluations.csv",
            first_line_twice,
            "published_evaluations.csv, row 3: “S12000023”, “in need of care and protection” stands in row 2 already.",
        ),
        (
            "published_evaluations.csv",
            swap("Orkney Islands,in need of care and protection", "Orkney Islands,"),
            "published_evaluations.csv, row 2: programme is empty.",
        ),
        (
            "published_evaluations.csv",
            swap("qi_2_1", "qi_2"),
            "published_evaluations.csv, row 1: the first line has no column “qi_2_1”.",
        ),
        (
            "published_evaluations.csv",
            swap("2020-02", "0202-02"),
            "published_evaluations.csv, row 2: “0202-02” is neither a year nor a year and a month, such as 2020-02.",
        ),
        ("guidance_2019.csv", lambda text: "", "guidance_2019.csv: the file is empty."),
        (
            "guidance_2019.csv",
            swap(",how_good,", ",how_bad,"),
            "guidance_2019.csv, row 2: part “how_bad” is not how_good, how_do_we_know, what_next.",
        ),
        (
            "guidance_2019.csv",
            swap(",how_good,", ",,"),
            "guidance_2019.csv, row 2: names neither a question nor a part.",
        ),
        (
            "guidance_2019.csv",
            swap("2,,", "1,,"),
            "guidance_2019.csv, row 6: “1” stands in row 5 already.",
        ),
        (
            "guidance_2019.csv",
            swap("5,,", "6,,"),
            "guidance_2019.csv, row 9: question “6” is not 1, 2, 3, 4, 5.",
        ),
        ("guidance_2019.csv", without_last_line, "guidance_2019.csv: question 5 has no words."),
        (
            "self_evaluation_2019.csv",
            swap("words_per_side,450", "words_per_side,many"),
            "self_evaluation_2019.csv, row 2: words_per_side “many” is not a whole number from 1 on.",
        ),
        (
            "self_evaluation_2019.csv",
            swap("words_per_side,450", "words_per_side,0"),
            "self_evaluation_2019.csv, row 2: words_per_side “0” is not a whole number from 1 on.",
        ),
        (
            "self_evaluation_2019.csv",
            swap("words_per_side", "words_per_page"),
            "self_evaluation_2019.csv, row 2: “words_per_page” is not words_per_side, sides_per_question, pages.",
        ),
        (
            "self_evaluation_2019.csv",
            without_last_line,
            "self_evaluation_2019.csv: pages is missing.",
        ),
        (
            "areas_2019.csv",
            swap("10,", "11,"),
            "areas_2019.csv, row 11: “11” under number is not a number from 1 to 10.",
        ),
        ("scale_2019.csv", swap("6,Excellent", "6,"), "scale_2019.csv, row 2: name is empty."),
        (
            "indicator_keys_2019.csv",
            swap("2.1,impact", "2.9,another\n2.1,impact"),
            "indicator_keys_2019.csv, row 3: “2.9” is not the number of an indicator.",
        ),
        (
            "quality_framework_2019.csv",
            swap("to be confirmed", "maybe"),
            "quality_framework_2019.csv, row 5: title_status “maybe” is not published or to be confirmed.",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_row_and_reason_and_leaves_nothing(
    reference_data: None, folder: Path, file: str, edit: Edit, sentence: str
) -> None:
    before = content_of(Framework.objects.get()), PublishedEvaluation.objects.count()
    path = folder / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BadRow) as refused:
        reload(folder)
    assert str(refused.value) == sentence
    assert (content_of(Framework.objects.get()), PublishedEvaluation.objects.count()) == before


def test_load_framework_with_another_wording_replaces_one_that_nobody_uses(
    reference_data: None,
) -> None:
    content = replace(read_framework("2019"), title="Quality framework, corrected")
    load_framework("2019", content, by=system_user(), at=AT)
    assert content_of(Framework.objects.get()) == content
    assert Event.objects.filter(name="evaluations.framework_loaded").count() == 2


@pytest.mark.at_week(2)
def test_load_framework_with_another_wording_is_refused_once_an_inspection_uses_it(
    world: World,
) -> None:
    content = replace(read_framework("2019"), title="Quality framework, corrected")
    with pytest.raises(Refused) as refused:
        load_framework("2019", content, by=system_user(), at=AT)
    assert refused.value.verdict.sentence == (
        f"The quality framework 2019 is in use by {world.inspection.reference} and is not changed any more. "
        "Load the new wording as a framework of its own."
    )
    assert Framework.objects.get().title == "Quality framework 2019"


def test_published_evaluations_carry_their_source_and_no_guess(reference_data: None) -> None:
    assert (
        PublishedEvaluation.objects.count()
        == len(read_csv(REFERENCE / "published_evaluations.csv"))
        >= 9
    )
    assert not PublishedEvaluation.objects.filter(source="").exists()
    orkney = PublishedEvaluation.objects.get(area__name="Orkney Islands")
    assert [orkney.level_of(key) for key in ("1.1", "2.1", "2.2", "9.1-9.4")] == [2, 2, 3, 1]
    assert PublishedEvaluation.objects.get(area__name="Stirling").level_of("2.1") is None


def test_no_published_evaluation_is_taken_for_an_invented_area(
    reference_data: None, tmp_path: Path
) -> None:
    Area.objects.create(
        code="S12999901",
        name="Glenmarrow",
        nhs_board="Glenmarrow",
        nhs_board_code="S08999901",
        police_division_letter="Z",
        police_division="Glenmarrow",
        is_invented=True,
    )
    path = tmp_path / "published_evaluations.csv"
    head = (REFERENCE / path.name).read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{head}\nS12999901,Glenmarrow,x,2020,4,4,4,4,,a newspaper\n", encoding="utf-8")
    with pytest.raises(BadRow, match="is not the code of one of the 32 areas"):
        load_published_evaluations(path, by=system_user(), at=AT)
