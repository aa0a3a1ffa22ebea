"""How far our reading of a reason may be trusted: what people say who read the same words."""

import polars as pl

from winloss import numbers, wording
from winloss.lenses.drivers.counts import Row


def tentative(agreement: pl.DataFrame) -> dict[str, str]:
    """Reason -> what to say of it, for each that people and we, or two people, read differently.

    `agreement` is one row per pair of judges and reason. Where several pairs disagree, the one
    speaks that agrees least. Too few texts make a reason tentative only where it is the machine
    that was checked on them: that two people have not coded much says nothing against it.
    """
    rows = agreement.filter(pl.col("is_tentative") & pl.col("reason").is_not_null())
    doubted = [row for row in rows.to_dicts() if _is_low(row) or row["pair"] == "machine"]
    least = sorted(doubted, key=lambda row: (row["reason"], -row["alpha"], row["pair"]))
    return {str(row["reason"]): _said(row) for row in least}


def _is_low(row: Row) -> bool:
    return bool(row["alpha"] < numbers.TENTATIVE_BELOW)


def _said(row: Row) -> str:
    texts = wording.counted(int(row["text_count"]), "text")
    alpha, low, high = (numbers.alpha_said(row[f"alpha{end}"]) for end in ("", "_low", "_high"))
    if not _is_low(row):
        return f"Tentative: people have checked how we read this reason on {texts} only."
    who = "our reading of this reason agrees with people's"
    if row["pair"] == "people":
        who = "two people agree on this reason"
    return f"Tentative: {who} {alpha} of 1 (likely {low} to {high}, {texts})."
