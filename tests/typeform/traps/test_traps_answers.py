"""Traps in what an answer looks like: every shape is a row, value for value."""

import json

import pytest


@pytest.fixture(scope="module")
def crowd(opened, question, respond, answer):
    """One programme in which every odd answer was given; pulled, landed and built once."""
    same = [question(ref, title="Why?") for ref in ("first_why", "second_why")]
    named = question("named_in_the_form") | {"id": "99887766"}
    for weekly in opened({"fields": [*same, named, question("asked")]}):
        for response in _responses(respond, answer):
            weekly.sandbox.put("Lost1", response)
        weekly.run()
        yield weekly


def _responses(respond, answer):
    year_one = {"submitted_at": "0001-01-01T00:00:00Z"}
    unnamed = {"field": {"id": "16969374", "type": "short_text"}}
    by_the_form = {"field": {"id": "99887766", "type": "short_text"}}
    return [
        respond("null") | {"answers": None},
        _without(respond("missing"), "answers"),
        respond("neighbour", answer("text", "here")),
        _without(respond("never", answer("text", "x")) | year_one, "response_type"),
        _without(respond("old", answer("text", "x")), "response_id"),
        respond(
            "other",
            answer("choice", {"other": "our own"}),
            answer("choice", {"id": "other", "other": "our own"}),
            answer("choices", {"other": "our own"}),
            answer("choices", {"labels": ["Price", "Timing"], "other": "our own"}),
            answer("choices", {"ids": ["a", "b"], "refs": ["price", "timing"]}),
        ),
        respond("unnamed", answer("text", "a") | unnamed, answer("text", "b") | by_the_form),
        respond("shared", answer("text", "a", "one", id="X"), answer("text", "b", "two", id="X")),
        respond("twins", answer("text", "a", "first_why"), answer("text", "b", "second_why")),
        respond("nothing", answer("number", 0, type="number"), answer("boolean", value=False)),
        respond(
            "ranked",
            answer(
                "choices",
                {"labels": ["Zeal", "Age", "Money"], "refs": ["z", "a", "m"], "ids": [*"zam"]},
                type="ranking",
            ),
        ),
        respond(
            "hidden",
            hidden={"account_id": "", "decision_id": "None", "respondent": "987654321098765432"},
        ),
        respond("bare", answer("text", "x")),
        respond(
            "looks",
            answer("text", "11"),
            answer("text", "2026-09-01"),
            answer("text", "true"),
            answer("choice", {"label": "None", "ref": "none"}),
            answer("url", "not a url"),
        ),
        respond(
            "unheard_of",
            answer("hologram", {"depth": 3}, "shown", type="hologram"),
            answer("text", "beside it"),
        ),
    ]


def _without(item, name):
    return {key: value for key, value in item.items() if key != name}


def column(crowd, token, name):
    """One column of a response's answers, in the order received."""
    return [row[name] for row in crowd.answers(token)]


def test_trap_11_answers_are_null_or_missing(crowd):
    """A response without answers is a response, and costs its neighbours nothing."""
    counts = [crowd.response(name)["answer_count"] for name in ("null", "missing", "neighbour")]

    assert counts == [0, 0, 1]
    assert column(crowd, "neighbour", "text_value") == ["here"]


def test_trap_12_the_year_one_stands_for_not_submitted(crowd):
    """An item submitted in the year 1 was never submitted, and counts as completed nowhere."""
    row = crowd.response("never")

    assert (row["response_type"], row["submitted_at"]) == ("partial", None)
    assert column(crowd, "never", "text_value") == ["x"]


def test_trap_13_a_response_without_response_id_goes_by_its_token(crowd):
    """Items of 2018 and the official example have only a token."""
    assert crowd.response("old")["response_key"] == "Lost1/old"
    assert column(crowd, "old", "text_value") == ["x"]


def test_trap_15_other_without_a_label_and_choices_without_labels(crowd):
    """What was typed beside the choices is kept, with and without choices picked."""
    assert column(crowd, "other", "other_text") == ["our own"] * 4 + [None]
    labels, refs = column(crowd, "other", "choice_labels"), column(crowd, "other", "choice_refs")
    assert [found or [] for found in labels] == [[], [], [], ["Price", "Timing"], []]
    assert [found or [] for found in refs] == [[], [], [], [], ["price", "timing"]]
    assert column(crowd, "other", "value_json") == [None] * 5


def test_trap_19_an_answer_without_ref_goes_by_its_id(crowd):
    """Old answers name their field by id alone, in digits; the form may know its ref."""
    assert column(crowd, "unnamed", "question_ref") == ["16969374", "named_in_the_form"]
    assert column(crowd, "unnamed", "field_id") == ["16969374", "99887766"]


def test_trap_21_two_answers_share_a_field_id(crowd):
    """Two answers with one field id and different refs are answers to two questions."""
    assert column(crowd, "shared", "question_ref") == ["one", "two"]
    assert column(crowd, "shared", "text_value") == ["a", "b"]


def test_trap_22_two_questions_have_one_title(crowd):
    """Questions with the same words do not overwrite each other."""
    assert column(crowd, "twins", "question_title") == ["Why?", "Why?"]
    assert column(crowd, "twins", "question_ref") == ["first_why", "second_why"]
    assert column(crowd, "twins", "text_value") == ["a", "b"]


def test_trap_24_zero_and_no_are_answers(crowd):
    """A number of 0 and a `false` are what somebody said, not gaps."""
    number, boolean = crowd.answers("nothing")

    assert (number["number_value"], boolean["boolean_value"]) == (0, False)
    assert (number["value_json"], boolean["value_json"]) == (None, None)
    assert crowd.response("nothing")["answer_count"] == 2


def test_trap_25_the_order_of_a_ranking_is_the_answer(crowd):
    """A ranking comes as choices, and their order says it all."""
    assert column(crowd, "ranked", "choice_labels") == [["Zeal", "Age", "Money"]]
    assert column(crowd, "ranked", "choice_refs") == [["z", "a", "m"]]


def test_trap_26_hidden_values_are_text(crowd):
    """An empty one is none, "None" is a word, eighteen digits stay as they are."""
    row = crowd.response("hidden")

    assert row["account_id"] is None
    assert row["decision_id"] == "None"
    assert row["respondent"] == "987654321098765432"
    assert row["block"] is None


def test_trap_27_hidden_calculated_and_variables_may_be_absent(crowd):
    """A response need not carry what was not sent along with it."""
    row = crowd.response("bare")

    assert [row[name] for name in ("account_id", "decision_id", "respondent", "block")] == [
        None
    ] * 4
    assert column(crowd, "bare", "text_value") == ["x"]


def test_trap_28_no_type_is_guessed_from_what_text_looks_like(crowd):
    """Digits, dates and words like "None" stay the text they are; a url may be anything."""
    texts = ["11", "2026-09-01", "true", None, "not a url"]

    assert column(crowd, "looks", "text_value") == texts
    assert column(crowd, "looks", "choice_labels")[3] == ["None"]
    for name in ("number_value", "date_value", "boolean_value"):
        assert column(crowd, "looks", name) == [None] * 5


def test_trap_30_an_answer_type_nobody_knew(crowd):
    """An unknown type is kept as received and counted; the rest of the response is used."""
    unknown, known = crowd.answers("unheard_of")

    kept = json.loads(unknown["value_json"])
    assert (kept["type"], kept["hologram"]) == ("hologram", {"depth": 3})
    assert known["text_value"] == "beside it"
    reasons = crowd.rows(
        "select record_id, reason, detail from ops.rejects where entity = 'answer'"
    )
    wanted = {"record_id": "Lost1/unheard_of", "reason": "unknown answer type"}
    assert reasons == [wanted | {"detail": "shown: hologram"}]
