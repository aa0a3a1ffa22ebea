"""Surveys as code: the refs are the contract, the shape is Typeform's."""

import csv
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from winloss.errors import FormError
from winloss.settings import FormKind
from winloss.typeform.surveys import forms
from winloss.typeform.surveys.definition import definition

CONSENTS = ["call_me", "may_see", "may_quote"]
TREATED = ["ladder_rung", "promise_kept", "felt_respected"]
DECISIVE = ["would_have_changed", "decisive"]
OURS = (*TREATED, "satisfaction", "would_move", *CONSENTS)
CHAIN = ["goals_known", "challenges_known", "challenges_worked", "checked_in", "met_expectation"]
CORE = {
    "lost_deal": [
        *("what_happened", "outcome_said", "competitor_said", "reason_chosen", *DECISIVE),
        *("goal", "missed", *OURS),
    ],
    "cancellation": [
        *("what_happened", "reason_chosen", "competitor_said", "first_doubt_on", "told_us_on"),
        *("we_asked_on", "decided_inside_on", *CHAIN, *DECISIVE, "goal", "missed", *OURS),
    ],
    "won_deal": ["what_happened", "reason_chosen", "competitor_said", "goal", "missed", *OURS],
    "pulse": [
        *("satisfaction", "would_move", "right_deal", *CHAIN, "missed", *TREATED, *CONSENTS),
    ],
    "seller": [
        *("reason_ours", "reason_ours_words", "confidence_ours", "goal_ours", "pitched"),
        *("promised_ours", "promise_due_on", "promise_kept_ours", "drew_line"),
        *("conviction", "respects_them", "missed_ours"),
    ],
    "staff": ["talk_customers", "talk_value", "talk_team", "talk_words", "may_quote"],
}
CUSTOMERS = ["lost_deal", "won_deal", "cancellation", "pulse"]
BLOCK = """
lens: ladder
core: [goal]
blocks:
  - name: rungs
    kinds: [tiny]
    screens:
      - - {ref: for_me, type: long_text, title: 'Was there a moment?', asks: incident}
        - {ref: for_you, type: long_text, title: 'And another?'}
      - - {ref: one_more, type: long_text, title: 'And one more?'}
  - name: elsewhere
    kinds: [other]
    screens:
      - - {ref: goal, type: long_text, title: 'Why?'}
"""
FORM = """
kind: tiny
title: Tiny
thanks: Thank you.
hidden: [block]
screens:
  - - {ref: words, type: long_text, title: 'What happened?', asks: reason}
  - block
  - - {ref: goal, type: long_text, title: 'And why?'}
"""


def _flat(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        inner for field in fields for inner in field.get("properties", {}).get("fields", [field])
    ]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with one form and one lens block."""
    (tmp_path / "blocks").mkdir()
    (tmp_path / "tiny.yaml").write_text(FORM)
    (tmp_path / "blocks" / "ladder.yaml").write_text(BLOCK)
    return tmp_path


@pytest.mark.parametrize("kind", CORE)
def test_a_form_asks_exactly_the_core_refs_sql_knows(kind):
    rotating = {asked.ref for block in forms.blocks(kind) for asked in block.questions}
    asked = [field["ref"] for field in _flat(definition(kind, "F")["fields"])]

    assert [ref for ref in asked if ref not in rotating] == CORE[kind]


def test_every_kind_has_a_form():
    assert set(forms.kinds()) == set(CORE) == set(get_args(FormKind))


@pytest.mark.parametrize("kind", ["lost_deal", "cancellation", "won_deal"])
def test_their_own_words_come_before_any_list(kind):
    asked = forms.form(kind).screens[0][0]

    assert isinstance(asked, forms.Question)
    assert asked.asks == "reason"
    assert asked.required


@pytest.mark.parametrize("kind", CUSTOMERS)
def test_nobody_sees_more_than_ten_screens_the_last_with_both_consents(kind):
    core = [screen for screen in forms.form(kind).screens if screen != "block"]
    seen = {block.name: len(core) + len(block.screens) for block in forms.blocks(kind)}

    assert len(seen) > 5
    assert max(seen.values()) <= 10
    assert forms.form(kind).screens[-2] == "block"
    assert [asked.ref for asked in core[-1]] == CONSENTS


@pytest.mark.parametrize("kind", ["seller", "staff"])
def test_our_own_forms_are_short_and_have_no_blocks(kind):
    assert forms.blocks(kind) == ()
    assert len(forms.form(kind).screens) <= 4


def test_every_essay_has_an_item_in_the_core_of_every_customers_form():
    essays = {"ladder_rung", "promise_kept", "satisfaction", "would_move", "missed"}

    assert all({*essays, "felt_respected"} <= set(CORE[kind]) for kind in CUSTOMERS)


@pytest.mark.parametrize("kind", ["lost_deal", "cancellation", "won_deal"])
def test_the_list_of_reasons_is_shuffled_and_left_open(kind):
    fields = {field["ref"]: field for field in _flat(definition(kind, "F")["fields"])}

    shown = fields["reason_chosen"]["properties"]

    assert shown["randomize"]
    assert shown["allow_other_choice"]


@pytest.mark.parametrize("kind", ["lost_deal", "cancellation", "won_deal"])
def test_every_listed_reason_is_in_the_codebook(kind):
    seeds = Path(__file__).parents[3] / "sql" / "seeds" / "reasons.csv"
    if not seeds.is_file():
        pytest.skip("the codebook is not there")
    with seeds.open(encoding="utf-8") as file:
        known = {row["reason"] for row in csv.DictReader(file)}

    listed = {
        ref
        for screen in forms.form(kind).screens
        for asked in screen
        if isinstance(asked, forms.Question) and asked.asks == "chosen"
        for ref in asked.choices
    }

    assert listed
    assert listed <= known


def test_a_definition_is_the_same_every_time_and_ids_are_its_own():
    first, again = (definition("lost_deal", "F1") for _ in range(2))
    fields = _flat(first["fields"]) + first["fields"]
    ids = {field["id"] for field in fields}

    assert first == again
    assert len(ids) == len({field["ref"] for field in fields})
    assert ids.isdisjoint(f["id"] for f in definition("lost_deal", "F2")["fields"])


def test_a_pulse_belongs_to_no_decision():
    assert "decision_id" not in definition("pulse", "F")["hidden"]
    assert "decision_id" in definition("lost_deal", "F")["hidden"]


def test_a_scale_runs_from_one_to_five():
    fields = {f["ref"]: f for f in _flat(definition("pulse", "F")["fields"])}

    shown = fields["satisfaction"]["properties"]

    assert (shown["steps"], shown["start_at_one"]) == (5, True)


def test_lenses_read_only_what_some_form_asks():
    known = set().union(*CORE.values())

    for lens in forms.lenses():
        assert set(lens.core) <= known, lens.lens


def test_questions_hold_one_row_per_form_and_question(tiny):
    rows = forms.questions(tiny).rows(named=True)

    assert [(r["question_ref"], r["block"], r["asks"]) for r in rows] == [
        ("words", None, "reason"),
        ("for_me", "rungs", "incident"),
        ("for_you", "rungs", None),
        ("one_more", "rungs", None),
        ("goal", None, None),
    ]
    assert all(row["is_verbatim"] and row["form_kind"] == "tiny" for row in rows)


def test_short_answers_and_choices_are_no_verbatims():
    frame = forms.questions()

    kinds = set(frame.filter("is_verbatim")["field_type"])

    assert kinds == {"long_text"}


def test_a_block_is_shown_only_to_those_invited_to_it(tiny):
    made = definition("tiny", "F", tiny)
    before, inside = made["logic"]

    shown = [field["ref"] for field in made["fields"]]
    assert shown == ["words", "for_me_screen", "one_more", "goal"]
    assert before["ref"] == "words"
    assert [a["details"]["to"]["value"] for a in before["actions"]] == ["for_me_screen", "goal"]
    assert before["actions"][0]["condition"]["vars"][1] == {"type": "constant", "value": "rungs"}
    assert (inside["ref"], inside["actions"][0]["details"]["to"]["value"]) == ("one_more", "goal")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: elsewhere", "name: rungs", "Two blocks are named rungs"),
        ("      - - {ref: one_more", "      - - {ref: for_me", "for_me twice"),
        ("kinds: [tiny]", "kinds: []", "kinds"),
        (
            "  - name: elsewhere",
            "      - - {ref: a, type: date, title: A}\n  - name: elsewhere",
            "screens",
        ),
    ],
)
def test_blocks_that_contradict_one_another_say_where(tiny, old, new, said):
    (tiny / "blocks" / "ladder.yaml").write_text(BLOCK.replace(old, new))

    with pytest.raises(FormError, match=said):
        definition("tiny", "F", tiny)


def test_several_may_be_ticked_only_where_the_question_says_so():
    fields = {field["ref"]: field for field in _flat(definition("pulse", "F")["fields"])}

    assert fields["guarantee_tests"]["properties"]["allow_multiple_selection"]
    assert not fields["failure_cost"]["properties"]["allow_multiple_selection"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ref: goal", "ref: words", "words twice"),
        ("ref: goal", "ref: for_me", "for_me twice"),
        ("ref: goal", "ref: Go al", "ref"),
        ("type: long_text, title: 'And why?'", "type: multiple_choice, title: W", "choices"),
        ("type: long_text, title: 'And why?'", "type: opinion_scale, title: W", "ends"),
        ("asks: reason", "aks: reason", "aks"),
        ("  - block\n", "  - block\n  - block\n", "block"),
        ("hidden: [block]", "hidden: [", "not valid YAML"),
    ],
)
def test_a_form_that_contradicts_itself_says_where(tiny, old, new, said):
    (tiny / "tiny.yaml").write_text(FORM.replace(old, new))

    with pytest.raises(FormError, match=said) as refused:
        definition("tiny", "F", tiny)

    assert "Value error" not in str(refused.value)


def test_yes_without_quotes_is_caught_not_turned_into_true(tiny):
    choices = "type: multiple_choice, title: W, choices: {yes: Yes}"
    (tiny / "tiny.yaml").write_text(FORM.replace("type: long_text, title: 'And why?'", choices))

    with pytest.raises(FormError, match="choices"):
        forms.form("tiny", tiny)


def test_an_unknown_kind_says_so():
    with pytest.raises(FormError, match=r"no form gift\.yaml"):
        forms.form("gift")


def test_titles_do_not_lead():
    """No question names a sentiment or a reason of its own."""
    folder = Path(forms.__file__).parents[4] / "templates" / "forms"
    leading = ("unfortunately", "love", "great", "sorry", "disappointed with", "don't you")
    if not folder.is_dir():
        pytest.skip("not a checkout")

    asked = [*(folder.glob("*.yaml")), *(folder.glob("blocks/*.yaml"))]
    for path in asked:
        for title in re.findall(r"^ +title: (.+)$", path.read_text("utf-8"), re.MULTILINE):
            assert not [word for word in leading if word in title.casefold()]
            assert len(title) <= 75
