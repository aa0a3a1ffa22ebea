"""Recorded forms of others: read whole, and left alone where they ask other things."""

from pathlib import Path

import pytest

from winloss.typeform.mapping.proposing import propose
from winloss.typeform.mapping.theirs import their_form

KINDS = ("lost_deal", "won_deal", "cancellation", "pulse")


@pytest.mark.parametrize("kind", KINDS)
def test_recorded_forms_about_other_things_are_left_alone(shared_data: Path, kind):
    found = [
        (path.name, match.theirs.title, match.ours_ref)
        for path in sorted((shared_data / "typeform").glob("form_*.json"))
        for match in propose(kind, path.read_bytes()).matches
        if match.ours
    ]

    assert found == []


def test_every_recorded_question_is_found(shared_data: Path):
    body = (shared_data / "typeform" / "form_2018_all_fields.json").read_bytes()

    found = their_form(body)

    assert len(found.questions) == 17
    assert {each.scale for each in found.questions} == {None, (0, 10), (1, 3)}
