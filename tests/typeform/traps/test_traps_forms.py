"""Traps between a response and its form: edited questions, ids that differ, groups."""

from datetime import timedelta

LATER = timedelta(days=1)


def edit(weekly, *fields):
    """Replace the questions of Lost1, a day after the last run."""
    at = weekly.sandbox.behaviour.now + LATER
    form = weekly.sandbox.form("Lost1")
    weekly.sandbox.put_form(
        "Lost1", form | {"fields": list(fields), "last_updated_at": at.isoformat()}
    )


def test_trap_16_a_question_changes_its_type_under_its_id_and_ref(
    weekly, respond, answer, question
):
    """One id and ref, answered yes or no first and by choice later: each is what it was then."""
    edited = question("asked", "yes_no")
    weekly.sandbox.put_form("Lost1", weekly.sandbox.form("Lost1") | {"fields": [edited]})
    bare = {"field": {"id": "id_asked", "ref": "asked"}}
    weekly.sandbox.put("Lost1", respond("then", answer("boolean", value=True) | bare))
    weekly.run()

    edit(weekly, edited)
    weekly.sandbox.retype("Lost1", "asked", "multiple_choice")
    picked = answer("choice", {"label": "Yes, gladly", "ref": "gladly"}) | bare
    weekly.sandbox.put("Lost1", respond("now", picked, before=-2 * LATER))
    weekly.run(weekly.sandbox.behaviour.now + 3 * LATER)

    (then,), (now,) = weekly.answers("then"), weekly.answers("now")
    assert (then["answer_type"], then["boolean_value"]) == ("boolean", True)
    assert (now["answer_type"], now["choice_refs"]) == ("choice", ["gladly"])
    assert now["boolean_value"] is None
    assert (then["field_type"], now["field_type"]) == ("yes_no", "multiple_choice")


def test_trap_17_a_choice_is_renamed_and_is_the_same_choice(weekly, respond, answer, question):
    """An old answer has the label of its day; its ref says that it is the same choice."""

    def priced(label):
        choice = {"id": "c1", "ref": "price", "label": label}
        return question("asked", "multiple_choice", properties={"choices": [choice]}), choice

    asked, choice = priced("Price")
    weekly.sandbox.put_form("Lost1", weekly.sandbox.form("Lost1") | {"fields": [asked]})
    weekly.sandbox.put("Lost1", respond("then", answer("choice", choice)))
    weekly.run()
    asked, choice = priced("What it costs")
    edit(weekly, asked)
    weekly.sandbox.put("Lost1", respond("now", answer("choice", choice), before=-2 * LATER))
    weekly.run(weekly.sandbox.behaviour.now + 3 * LATER)

    (then,), (now,) = weekly.answers("then"), weekly.answers("now")
    assert then["choice_refs"] == now["choice_refs"] == ["price"]
    assert (then["choice_labels"], now["choice_labels"]) == (["Price"], ["What it costs"])


def test_trap_20_field_ids_differ_and_only_refs_match(weekly, respond, answer):
    """A form and its responses may know one question by two ids."""
    weekly.sandbox.put("Lost1", respond("t", answer("text", "x", "asked", id="another")))

    weekly.run()

    (row,) = weekly.answers("t")
    assert (row["question_ref"], row["question_title"]) == ("asked", "What of asked?")
    assert row["field_id"] == "another"


def test_trap_23_a_group_never_answers_but_its_questions_do(weekly, respond, answer, question):
    """Questions inside groups, contact details and grids are found below their parents."""
    kinds = ("group", "inline_group", "contact_info", "matrix")
    parents = [
        question(f"{kind}_parent", kind, properties={"fields": [question(f"in_{kind}")]})
        for kind in kinds
    ]
    weekly.sandbox.put_form("Lost1", weekly.sandbox.form("Lost1") | {"fields": parents})
    given = [answer("text", f"words {kind}", f"in_{kind}") for kind in kinds]
    weekly.sandbox.put("Lost1", respond("t", *given))

    weekly.run()

    rows = weekly.answers("t")
    assert [row["question_ref"] for row in rows] == [f"in_{kind}" for kind in kinds]
    for row, kind in zip(rows, kinds, strict=True):
        assert (row["question_title"] or "").endswith(f"What of in_{kind}?")
    assert [row["is_withheld"] for row in rows] == [False, False, True, False]
    assert [row["text_value"] for row in rows] == [
        None if kind == "contact_info" else f"words {kind}" for kind in kinds
    ]
    refs = weekly.rows("select their_ref from staging.questions where form_id = 'Lost1'")
    assert sorted(row["their_ref"] for row in refs) == sorted(f"in_{kind}" for kind in kinds)
