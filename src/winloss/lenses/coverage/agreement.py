"""How far people agree on each reason, with one another and with our reading of the same words."""

from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/coverage_agreement.sql"
ALL = "every reason of a text at once"
TOO_FEW = "too few texts name it"
NOBODY = "nobody has yet"

Row = dict[str, Any]


def panel(agreement: pl.DataFrame) -> Panel | None:
    """The agreement on each reason of which something can be said, tentative ones first.

    `agreement` is one row per pair of judges and reason. None where nobody has checked any.
    """
    checked = agreement.filter(pl.col("pair").is_not_null()).to_dicts()
    if not checked:
        return None
    by_reason: dict[str | None, dict[str, Row]] = {}
    for row in checked:
        by_reason.setdefault(row["reason"], {})[row["pair"]] = row
    told = [pairs for pairs in by_reason.values() if _is_told(pairs)]
    return Panel(
        "agreement",
        "How far people agree with our reading, and with one another",
        tuple(_line(pairs) for pairs in sorted(told, key=_place)),
        ("reason", "people and we", "both named it", "two people", "both named it"),
        "Krippendorff's alpha, and what it likely is: 1 is always, 0 is what chance gives. Beside "
        "it, of the texts in which either named the reason, those in which both did. A "
        f"reason under {_bare(numbers.TENTATIVE_BELOW)} is called tentative, and one whose reading "
        f"by us people have checked on fewer than {numbers.FEWEST_CHECKED} texts."
        f"{_rare(len(by_reason) - len(told))}",
    )


def unchecked(agreement: pl.DataFrame) -> str:
    """How many reasons of the edition nobody has checked, and how to; empty where all are."""
    named = agreement.filter(pl.col("is_named"))
    checked = named.filter((pl.col("pair") == "machine") & pl.col("alpha").is_not_null())
    total, known = named["reason"].n_unique(), checked["reason"].n_unique()
    if total == known:
        return ""
    left = total - known
    if not known:
        all_of = "the one reason" if total == 1 else f"any of the {wording.number(total)} reasons"
        is_begun = agreement.filter(pl.col("pair") == "machine").height > 0
        who = "People have checked too few answers to say" if is_begun else "Nobody has checked yet"
        said = f"{who} how well we read {all_of} of this edition"
    else:
        said = (
            f"Of the {wording.number(total)} reasons of this edition "
            f"{wording.number(left)} {'has' if left == 1 else 'have'} not been checked by people "
            "often enough to say how well we read them"
        )
    return (
        f"{said}: winloss review export draws answers to read by hand, winloss review import "
        "takes them back."
    )


def _is_told(pairs: dict[str, Row]) -> bool:
    return any(row["reason"] is None or row["alpha"] is not None for row in pairs.values())


def _rare(count: int) -> str:
    """How many reasons are named too seldom to say anything of them."""
    if not count:
        return ""
    noun, verb = ("reason", "is") if count == 1 else ("reasons", "are")
    return (
        f" {wording.sentence(wording.number(count))} more {noun} {verb} named in fewer than "
        f"{wording.number(numbers.COUNT_ONLY_BELOW)} texts, too few to say."
    )


def _place(pairs: dict[str, Row]) -> tuple[bool, bool, bool, str]:
    rows = list(pairs.values())
    first = rows[0]
    return (
        first["reason"] is not None,
        not any(_is_low(row) for row in rows),
        not first["is_named"],
        str(first["label"]),
    )


def _line(pairs: dict[str, Row]) -> Line:
    first = next(iter(pairs.values()))
    label = ALL if first["reason"] is None else str(first["label"])
    cells = [cell for pair in ("machine", "people") for cell in _cells(label, pairs.get(pair))]
    return Line(label, tuple(cells))


def _cells(label: str, row: Row | None) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(NOBODY), Cell("")
    both, one, neither = (int(row[f"{who}_count"]) for who in ("both", "one", "neither"))
    if row["reason"] is None:
        same = numbers.figure(label, both + neither, both + one + neither, QUERY)
        return Cell(_said(row)), Cell(f"all the same in {numbers.spoken(same)}", same)
    named = numbers.figure(label, both, both + one, QUERY)
    return Cell(_said(row)), Cell(numbers.spoken(named), named)


def _said(row: Row) -> str:
    texts = wording.counted(int(row["text_count"]), "text")
    if row["reason"] is None:
        return f"{numbers.percent_said(row['overlap'])} of the reasons shared, {texts}"
    if row["alpha"] is None:
        return f"{TOO_FEW}, of {texts}"
    alpha, low, high = (numbers.alpha_said(row[f"alpha{end}"]) for end in ("", "_low", "_high"))
    return f"{alpha} (likely {low} to {high}), {texts}{_marked(row)}"


def _is_low(row: Row) -> bool:
    return row["alpha"] is not None and row["alpha"] < numbers.TENTATIVE_BELOW


def _marked(row: Row) -> str:
    if _is_low(row):
        return ": tentative"
    return ": too few" if row["is_tentative"] else ""


def _bare(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")
