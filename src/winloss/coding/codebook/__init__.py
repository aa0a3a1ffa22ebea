"""The codebook: reasons and the terms that speak for them, read and proved to agree.

`<stem>.csv` has one row per reason, `<stem>.terms.csv` beside it one row per way of saying one;
`patterns` says how such a term is written. Ours lies in sql/seeds.
"""

from winloss.coding.codebook.reading import check, ours, path_of, read, terms_beside
from winloss.coding.codebook.seeding import check_sellers, seeds
from winloss.coding.codebook.shape import (
    REASON_COLUMNS,
    TERM_COLUMNS,
    Codebook,
    Polarity,
    Reason,
    Term,
)
from winloss.coding.codebook.tables import Finding

__all__ = [
    "REASON_COLUMNS",
    "TERM_COLUMNS",
    "Codebook",
    "Finding",
    "Polarity",
    "Reason",
    "Term",
    "check",
    "check_sellers",
    "ours",
    "path_of",
    "read",
    "seeds",
    "terms_beside",
]
