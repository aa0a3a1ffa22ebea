"""What is known of how others ask speaks of what we ask, and of what SQL reads."""

import re

from winloss import resources
from winloss.typeform.mapping.hints import hints
from winloss.typeform.surveys import forms

KINDS = ("lost_deal", "won_deal", "cancellation", "pulse", "seller", "staff")


def test_scales_of_any_length_are_those_that_sql_brings_to_five_steps():
    scales = {
        each.ref for kind in KINDS for each, _ in _everything(kind) if each.type == "opinion_scale"
    }
    brought = {
        ref
        for path in (resources.folder("sql") / "marts").glob("*.sql")
        if "marts.of_five(" in path.read_text("utf-8")
        for ref in re.findall(r"'(\w+)'", path.read_text("utf-8"))
    }

    assert hints().any_length == scales & brought


def test_every_core_question_and_hidden_field_has_its_sentence():
    known = hints()
    fields = {name for kind in KINDS for name in forms.form(kind).hidden} - {"form_kind"}
    refs = {each.ref for kind in KINDS[:4] for each in _core(kind)}

    assert fields | refs <= known.without.keys()


def test_hints_speak_of_questions_and_choices_there_are():
    known = hints()
    asked = {(kind, each.ref): each for kind in KINDS for each, _ in _everything(kind)}
    refs = {ref for _, ref in asked}
    choices = {
        ref: {choice for kind in KINDS for choice in _choices(asked.get((kind, ref)))}
        for ref in refs
    }

    assert known.questions.keys() | known.vague.keys() | known.follow_ups | known.any_length <= refs
    assert all((kind, ref) in asked for kind, each in known.of_kind.items() for ref in each)
    assert all(known.choices[ref].keys() <= choices[ref] for ref in known.choices)


def _core(kind):
    return [each for each, block in _everything(kind) if block is None]


def _everything(kind):
    source = forms.form(kind)
    yield from ((each, None) for screen in source.screens if screen != "block" for each in screen)
    yield from ((each, block.name) for block in forms.blocks(kind) for each in block.questions)


def _choices(asked):
    return asked.choices if asked else ()
