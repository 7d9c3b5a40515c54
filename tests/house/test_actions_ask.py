"""Actions ask again: whoever calls one names who does it, and the deed itself asks whether they may."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.source import APPS, ROOT, functions, modules, place

A_READING = "It puts on record that somebody read; the page has asked whether they may."
PART_OF_A_DEED = "Part of another deed, in its transaction; that deed has asked."
THE_CLOCK = "The clock does it, once the moment that a person chose has come."
OF_ONESELF = "About oneself alone; the rule says so."
A_COMMAND = "Reference data of the product, loaded by whoever operates it."
# (module, function): why a deed that names who does it asks no permission.
EXCUSED = {
    ("accounts/actions/address.py", "leave_address"): (
        "allauth has changed the address, after a letter to the new one and a fresh sign-in."
    ),
    ("accounts/actions/details.py", "edit_details"): OF_ONESELF,
    ("accounts/actions/letters.py", "choose_letters"): OF_ONESELF,
    ("accounts/actions/readings.py", "opened_in_vain"): A_READING,
    ("accounts/actions/readings.py", "read_people"): A_READING,
    ("accounts/actions/readings.py", "read_person"): A_READING,
    ("accounts/actions/second_factor.py", "use_recovery_code"): (
        "allauth has taken the code that the person typed; this puts it on record and tells them."
    ),
    ("accounts/actions/sessions.py", "end_other_sessions"): OF_ONESELF,
    ("accounts/actions/sessions.py", "end_session"): OF_ONESELF,
    ("concerns/actions/readings.py", "read_concern"): A_READING,
    ("documents/actions/documents.py", "clear_document"): THE_CLOCK,
    ("documents/actions/documents.py", "keep_generated"): PART_OF_A_DEED,
    ("documents/actions/documents.py", "quarantine_document"): THE_CLOCK,
    ("evaluations/actions/evaluation.py", "settle_evaluations"): PART_OF_A_DEED,
    ("evaluations/actions/framework.py", "load_framework"): A_COMMAND,
    ("evaluations/actions/framework.py", "load_framework_files"): A_COMMAND,
    ("evaluations/actions/framework.py", "load_published_evaluations"): A_COMMAND,
    ("evaluations/actions/readings.py", "read_evaluations"): A_READING,
    ("evaluations/actions/readings.py", "read_evidence"): A_READING,
    ("evaluations/actions/readings.py", "take_evidence"): A_READING,
    ("meetings/actions/readings.py", "read_meeting"): A_READING,
    ("inspections/actions/after_publication.py", "reckon_steps"): PART_OF_A_DEED,
    ("inspections/actions/joining_codes.py", "keep_from_maker"): (
        "It puts on record that the deed was refused to whoever made the code."
    ),
    ("inspections/actions/leave.py", "let_leave_go"): THE_CLOCK,
    ("inspections/actions/phases.py", "mark_published"): PART_OF_A_DEED,
    ("evaluations/actions/readings.py", "read_self_evaluation"): A_READING,
    ("inspections/actions/readings.py", "read_addresses"): A_READING,
    ("inspections/actions/readings.py", "read_correspondence"): A_READING,
    ("inspections/actions/readings.py", "read_declarations"): A_READING,
    ("inspections/actions/readings.py", "read_letters"): A_READING,
    ("inspections/actions/steps.py", "complete_step_by_deed"): PART_OF_A_DEED,
    ("inspections/actions/versions.py", "keep_version"): PART_OF_A_DEED,
    ("reports/actions/editions.py", "fix_edition"): PART_OF_A_DEED,
    ("reports/actions/editions.py", "make_edition"): PART_OF_A_DEED,
    ("reports/actions/publication.py", "publish_report"): THE_CLOCK,
    ("reports/actions/readings.py", "read_report"): A_READING,
    ("workspace/actions/problems.py", "report_problem"): (
        "Everybody who is signed in may report a problem."
    ),
    ("workspace/actions/readings.py", "read_moment"): A_READING,
}
# Deeds that are asked about under the name that several share: one capability covers them.
SHARED = {
    "import_school_holidays": "can_edit_reference_data",
    "remove_school_holiday_week": "can_edit_reference_data",
} | {
    deed: "can_write_report"
    for deed in (
        "write_section",
        "write_narrative",
        "add_point",
        "revise_point",
        "remove_point",
        "order_points",
    )
}


def _enforced(function: ast.FunctionDef, path: Path) -> set[str]:
    """The permissions that a deed enforces of ``by``, itself or in a private function of its module that it calls."""
    private = {one.name: one for one in functions(path) if one.name.startswith("_")}
    found: set[str] = set()
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in private:
            found |= _enforced(private[call.func.id], path)
        asked = call.func.value if isinstance(call.func, ast.Attribute) else None
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "enforce"
            and isinstance(asked, ast.Call)
            and asked.args
            and ast.unparse(asked.args[0]) == "by"
            and ast.unparse(asked.func).startswith("permissions.can_")
        ):
            found.add(ast.unparse(asked.func).removeprefix("permissions."))
    return found


def _names_who(function: ast.FunctionDef) -> bool:
    return any(argument.arg == "by" for argument in function.args.kwonlyargs)


def _deeds() -> dict[tuple[str, str], set[str]]:
    """Every public function of the actions that names who does it, with what it enforces of them."""
    return {
        (place(path), function.name): _enforced(function, path)
        for app in APPS
        for path in modules(app, "actions")
        for function in functions(path)
        if not function.name.startswith("_") and _names_who(function)
    }


def test_every_deed_asks_whether_whoever_does_it_may() -> None:
    deeds = _deeds()
    assert len(deeds) > 80
    faults = [
        f"{module}: {name} does not enforce permissions.{wanted}(by, …)"
        for (module, name), enforced in deeds.items()
        if (wanted := SHARED.get(name, f"can_{name}")) not in enforced
        and (module, name) not in EXCUSED
    ]
    assert not faults, "\n".join(faults)


def test_whoever_is_excused_still_needs_it_and_says_why() -> None:
    deeds = _deeds()
    assert {one for one in EXCUSED if deeds.get(one) != set()} == set()
    assert all(reason.endswith(".") for reason in EXCUSED.values())
    assert set(SHARED) <= {name for _, name in deeds}


def _commands() -> list[Path]:
    return [path for app in (*APPS, "config") for path in modules(app, "management")]


def test_a_command_that_says_who_calls_only_deeds_that_ask() -> None:
    """``manage.py … --by``: the address on the command line opens nothing that a page would not."""
    asking, deeds = 0, _deeds()
    for path in _commands():
        source = path.read_text(encoding="utf-8")
        if '"--by"' not in source:
            continue
        called = [
            (f"{node.module.replace('.', '/')}.py", name.name)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.ImportFrom) and node.module and ".actions." in node.module
            for name in node.names
        ]
        assert called, f"{place(path)} says who, and calls no deed."
        for deed in called:
            assert deeds.get(deed), f"{place(path)} calls {deed[1]}, which asks no permission."
        asking += 1
    assert asking, f"No command with --by was found below {ROOT}."
