"""A deed has one name everywhere: one search finds it from click to audit line."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from audit import narrate
from tests.house import addresses
from tests.house.source import ROOT, functions, modules

# The only verbs whose past tense is not made by the rule in `_past`.
IRREGULAR = {
    "choose": "chosen",
    "begin": "begun",
    "cancel": "cancelled",
    "draw": "drawn",
    "give": "given",
    "keep": "kept",
    "make": "made",
    "plan": "planned",
    "reset": "reset",
    "resend": "resent",
    "send": "sent",
    "set": "set",
    "submit": "submitted",
    "withdraw": "withdrawn",
    "write": "written",
}
# The only deeds whose event is not "what, then what was done to it", because of a word that follows the object.
EVENT = {
    "add_to_concern": "concern_added_to",
    "comment_on_draft": "draft_commented",
    "hand_over_office": "office_handed_over",
    "join_by_code": "joining_code_used",
    "resend_invitation": "invitation_resent",
    "send_report_back": "report_sent_back",
    "send_report_to_panel": "report_sent_to_panel",
}
# (address, part of the stem that is missing): why it is right that it is missing.
EXCEPTIONS = {
    (
        "accounts:edit-details",
        "permission",
    ): "The rule itself says whose details they are; nobody has a role in it.",
    (
        "accounts:choose-letters",
        "permission",
    ): "The rule itself says whose letters they are; nobody has a role in it.",
    ("accounts:end-session", "permission"): "The rule itself says whose session it is.",
    ("accounts:end-other-sessions", "permission"): "The rule itself says whose sessions they are.",
    ("workspace:report-problem", "permission"): "Everybody who is signed in may report a problem.",
    ("workspace:report-problem", "rule"): "A problem may be reported at any moment.",
    (
        "accounts:accept-office-invitation",
        "permission",
    ): "The secret in the link is the permission; nobody is signed in yet.",
    (
        "inspections:accept-invitation",
        "permission",
    ): "The secret in the link is the permission; nobody is signed in yet.",
    (
        "inspections:join-by-code",
        "permission",
    ): "The address and the code are the permission; nobody is signed in yet.",
    (
        "inspections:import-school-holidays",
        "permission",
    ): "One capability covers all reference data.",
    (
        "inspections:remove-school-holiday-week",
        "permission",
    ): "One capability covers all reference data.",
    (
        "inspections:import-school-holidays",
        "rule",
    ): "Reference data is edited at any time; the file is checked row by row.",
    ("inspections:remove-school-holiday-week", "rule"): "Reference data is edited at any time.",
    (
        "documents:upload-documents",
        "rule",
    ): "The moment is settled by whatever holds the documents (documents/holders.py).",
    ("reports:draw-report", "rule"): "A working copy may be drawn at any moment.",
} | {
    (f"reports:{deed}", part): f"The report's words have one {part} for all of them: {name}."
    for deed in (
        "write-section",
        "write-narrative",
        "add-point",
        "revise-point",
        "remove-point",
        "order-points",
    )
    for part, name in (("permission", "can_write_report"), ("rule", "may_write_report"))
}


def _past(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") else f"{verb}ed"


def event_of(stem: str) -> str:
    """The event of a deed: ``notify_partnership`` is recorded as ``partnership_notified``."""
    verb, _, what = stem.partition("_")
    return EVENT.get(stem) or f"{what}_{_past(verb)}"


def _names(app: str, room: str) -> set[str]:
    return {function.name for path in modules(app, room) for function in functions(path)}


def _missing(deed: addresses.Address) -> set[str]:
    """The parts of the stem that a deed lacks."""
    app, stem = deed.app, deed.stem
    have = {
        "view": deed.view.__name__ == stem,
        "template": "GET" not in deed.methods
        or (ROOT / "templates" / app / f"{stem}.html").exists(),
        "permission": f"can_{stem}" in _names(app, "permissions"),
        "rule": f"may_{stem}" in _names(app, "rules"),
        "action": stem in _names(app, "actions"),
        "event": f"{app}.{event_of(stem)}" in narrate.known(),
        "form": _form(stem) in _forms_used(deed) or not _forms_used(deed),
    }
    return {part for part, found in have.items() if not found}


def _form(stem: str) -> str:
    return f"{''.join(word.title() for word in stem.split('_'))}Form"


def _forms_used(deed: addresses.Address) -> set[str]:
    return set(re.findall(r"\b([A-Z]\w+Form)\b", inspect.getsource(inspect.unwrap(deed.view))))


@pytest.mark.parametrize("deed", addresses.deeds(), ids=lambda deed: deed.name)
def test_a_stem_is_a_stem_everywhere(deed: addresses.Address) -> None:
    excused = {part for name, part in EXCEPTIONS if name == deed.name}
    missing = _missing(deed)
    assert missing - excused == set(), (
        f"{deed.name} has no {', '.join(sorted(missing - excused))} of its stem."
    )
    assert excused - missing == set(), (
        f"{deed.name} needs no exception for {', '.join(sorted(excused - missing))}."
    )


def test_every_exception_speaks_of_a_deed_and_says_why() -> None:
    known = {deed.name for deed in addresses.deeds()}
    assert {name for name, _ in EXCEPTIONS} <= known
    assert all(reason.endswith(".") for reason in EXCEPTIONS.values())


# Forms that ask and change nothing, or that two deeds share.
FORMS_OF_NO_DEED = {
    "TokenForm": "What makes a form that is sent twice one deed.",
    "CorrespondenceFilterForm": "It filters a list.",
    "EvidenceFilterForm": "It filters a list.",
    "EvidenceForm": "Recording and revising evidence ask for the same.",
    "LogFilterForm": "It filters a list.",
    "PointForm": "Adding and revising a point ask for the same.",
    "ReadingsFilterForm": "It filters a list.",
    "WhoIsFreeFilterForm": "It filters a table.",
    "TextForm": "Every text of the report has words and the version they are based on.",
}


def test_every_form_is_of_a_deed() -> None:
    stems = {_form(deed.stem) for deed in addresses.deeds()} | set(FORMS_OF_NO_DEED)
    for app in (
        "inspections",
        "meetings",
        "onsite",
        "concerns",
        "documents",
        "evaluations",
        "reports",
        "retention",
    ):
        for path in modules(app, "forms"):
            module = importlib.import_module(
                path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            )
            ours = {
                name for name, value in vars(module).items()
                if inspect.isclass(value) and value.__module__ == module.__name__ and name.endswith("Form")
                and not name.startswith("_")
            }  # fmt: skip
            assert ours <= stems, f"{path.name}: {', '.join(sorted(ours - stems))}"


def test_the_past_tense_is_made_as_people_write_it() -> None:
    assert event_of("notify_partnership") == "partnership_notified"
    assert event_of("name_team_member") == "team_member_named"
    assert event_of("begin_report") == "report_begun"
    assert event_of("send_report_to_panel") == "report_sent_to_panel"
