"""The tables of the warehouse that follow the codebook."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from winloss.coding.codebook.reading import ours, read
from winloss.coding.codebook.shape import Codebook
from winloss.coding.codebook.tables import Finding, Table, near, table
from winloss.errors import CodebookError

COLUMNS = ("seller_value", "reason")
_NAME = "seller_reasons.csv"


def seeds(path: Path | None = None, codebook: Codebook | None = None) -> dict[str, pl.DataFrame]:
    """`reasons` (see Codebook.frame) and `seller_reasons`, for the codebook in `path` or ours.

    `seller_reasons`: one row per value sellers pick in a CRM, in lower case and with single
    spaces (seller_value), and its reason (null: it says none). It is read from
    seller_reasons.csv beside the codebook, else it is ours without the reasons that the
    codebook lacks. `codebook`: the one in `path` where it has been read already. Raises
    CodebookError with the first thing wrong.
    """
    codebook = codebook or read(path)
    own = beside(path or ours())
    picked = table(own if own.is_file() else beside(ours()), COLUMNS, COLUMNS)
    wrong = [*picked.findings, *(_wrong(picked, codebook) if own.is_file() else ())]
    if wrong:
        raise CodebookError(str(wrong[0]))
    known = [(value, reason) for _, value, reason in _rows(picked) if _is_known(reason, codebook)]
    schema = dict.fromkeys(COLUMNS, pl.String)
    sellers = pl.DataFrame(
        [(value, reason or None) for value, reason in known], schema, orient="row"
    )
    return {"reasons": codebook.frame(), "seller_reasons": sellers}


def check_sellers(path: Path, codebook: Codebook) -> tuple[Finding, ...]:
    """Everything wrong with the sellers' values beside a codebook; nothing where there are none."""
    own = beside(path)
    if not own.is_file():
        return ()
    picked = table(own, COLUMNS, COLUMNS)
    return (*picked.findings, *_wrong(picked, codebook))


def beside(path: Path) -> Path:
    """Where a codebook's own list of sellers' values lies, if it has one."""
    return path.with_name(_NAME)


def _wrong(picked: Table, codebook: Codebook) -> Iterator[Finding]:
    rows = list(_rows(picked))
    times = Counter(value for _, value, _ in rows)
    for row, value, reason in rows:
        if not _is_known(reason, codebook):
            what = f"{reason!r} is no reason of the codebook{near(reason, codebook.reasons)}"
            yield picked.finding(row, what, "mend it, or leave it empty")
        if not value or times[value] > 1:
            what = f"the value {value!r} is there twice" if value else "the value is empty"
            yield picked.finding(row, what, "keep one row per value")


def _rows(picked: Table) -> Iterator[tuple[int, str, str]]:
    for row, cells in picked.rows:
        yield row, " ".join(cells["seller_value"].lower().split()), cells["reason"]


def _is_known(reason: str, codebook: Codebook) -> bool:
    return not reason or reason in codebook.reasons
