"""Compartments: the table of hidden fields is true to the models and proved; an administrator sees nothing of the work."""

from __future__ import annotations

from django.apps import apps

from accounts.roles import COMPARTMENTS, Role
from tests.house import doors
from tests.house.compartments import PROVED
from tests.house.source import ROOT, functions
from workspace.example import cast

OF_THE_WORK = ("concerns:", "evaluations:", "reports:", "documents:")
FOR_EVERYBODY = "reports:published-"


def test_every_compartment_names_fields_that_exist_and_somebody() -> None:
    for one in COMPARTMENTS:
        assert one.hidden_from, one.key
        for name in one.fields:
            app, model, field = name.split(".")
            assert apps.get_model(app, model)._meta.get_field(field), name


def test_every_compartment_is_proved_by_a_test_that_is_there() -> None:
    assert set(PROVED) == {one.key for one in COMPARTMENTS}
    for tests in PROVED.values():
        for test in tests:
            file, _, name = test.partition("::")
            assert name in {one.name for one in functions(ROOT / "tests" / file)}, test


def test_an_administrator_opens_nothing_of_the_work() -> None:
    """The programme manager's column in the table that ``test_doors`` holds the product to, and no file of any holder."""
    column = doors.COLUMNS.index("programme_manager")
    assert cast.EVERYBODY[column].role == Role.PROGRAMME_MANAGER
    rows = [
        row
        for table in (doors.DOORS, doors.FILES)
        for published in (False, True)
        for row in doors.rows(table, published=published).items()
    ]
    of_the_work = [
        (name, signs[column])
        for name, signs in rows
        if (name.startswith(OF_THE_WORK) or ":" not in name) and not name.startswith(FOR_EVERYBODY)
    ]
    assert len(of_the_work) > 80
    assert [name for name, sign in of_the_work if sign not in "x."] == []
