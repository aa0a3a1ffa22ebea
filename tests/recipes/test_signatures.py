"""Which responses count: the judgement on their hidden fields."""

import json
from pathlib import Path

import polars as pl
import pytest

from winloss import recipes, typeform
from winloss.settings import FormSettings, Settings, TypeformSettings

KEY = "a key"
GOOD = {"form_kind": "lost_deal", "decision_id": "d1", "respondent": "p1"}
SIGNED = {**GOOD, "sig": typeform.sign(KEY.encode(), GOOD)}
A_SELLERS = {**GOOD, "form_kind": "seller"}
SELLERS = {**A_SELLERS, "sig": typeform.sign(KEY.encode(), A_SELLERS)}


@pytest.mark.parametrize(
    ("form_id", "hidden", "signature"),
    [
        ("signed", json.dumps(SIGNED), "valid"),
        ("signed", json.dumps({**SIGNED, "decision_id": "d2"}), "invalid"),
        ("signed", json.dumps({**SIGNED, "sig": "0" * 64}), "invalid"),
        ("signed", json.dumps(SELLERS), "invalid"),
        ("signed", json.dumps({**SIGNED, "sig": 7}), "invalid"),
        ("signed", json.dumps(GOOD), "missing"),
        ("signed", json.dumps({**SIGNED, "sig": None}), "missing"),
        ("signed", "null", "missing"),
        ("signed", "[]", "missing"),
        ("signed", '["sig"]', "missing"),
        ("signed", '"sig"', "missing"),
        ("signed", None, "missing"),
        ("open", None, "not_required"),
        ("unheard of", json.dumps(GOOD), "missing"),
    ],
)
def test_signature(form_id: str, hidden: str | None, signature: str) -> None:
    """Only what we signed is valid; whatever stands in `hidden` is judged, never fatal."""
    programme = Settings(
        company="Harbourline",
        home=Path(),
        signing_key=KEY,  # type: ignore[arg-type]
        typeform=TypeformSettings(
            forms=(
                FormSettings(id="signed", kind="lost_deal"),
                FormSettings(id="open", kind="lost_deal", signed=False),
            )
        ),
    )
    frame = pl.DataFrame(
        [(form_id, "r1", hidden)],
        schema={"form_id": pl.String, "response_id": pl.String, "hidden": pl.String},
        orient="row",
    )

    judged = recipes.recipe(programme).signatures(frame)

    assert judged.rows() == [(form_id, "r1", signature)]
