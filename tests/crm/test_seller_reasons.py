"""The list that turns what sellers pick in a CRM into reasons of the codebook."""

import polars as pl
import pytest

from winloss import resources


@pytest.fixture
def values():
    """The pick-list values, as text."""
    path = resources.folder("sql") / "seeds" / "seller_reasons.csv"
    return pl.read_csv(path, infer_schema=False).fill_null("")


def test_matchable(values):
    """Each value stands once, written as it is matched: lower-case and trimmed."""
    value = pl.col("seller_value")

    odd = values.filter((value != value.str.strip_chars().str.to_lowercase()) | (value == ""))

    assert values.columns == ["seller_value", "reason"]
    assert odd.is_empty()
    assert values["seller_value"].is_unique().all()


def test_reasons(values):
    """Each reason is a leaf of the codebook, and each leaf can be picked somehow."""
    path = resources.folder("sql") / "seeds" / "reasons.csv"
    codebook = pl.read_csv(path, infer_schema=False).fill_null("")
    leaves = set(codebook.filter(pl.col("parent") != "")["reason"])

    assert set(values["reason"]) - {""} == leaves


@pytest.mark.parametrize("value", ["other", "unknown", "lost to competitor", "closed lost", "n/a"])
def test_nothing_usable(values, value):
    """An outcome, or nothing, is no reason."""
    assert values.filter(pl.col("seller_value") == value)["reason"].to_list() == [""]
