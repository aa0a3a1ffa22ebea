"""A small invented codebook, and texts of which it is known what they are about.

No term knows `paperwork`: only people's codings can teach it.
"""

import hashlib
import random
from collections.abc import Sequence

import polars as pl

from winloss.coding.codebook import Codebook, Reason, Term

BOOK = Codebook(
    "invented",
    {
        reason: Reason(reason, label)
        for reason, label in (
            ("price", "price"),
            ("support", "support"),
            ("paperwork", "slips and stamps"),
            ("old_code", "an older way to code"),
        )
    },
    (
        Term("price", "(dear|dearer|expensive)", 2, "ours_bad"),
        Term("price", "quote", 1, None),
        Term("support", "support", 1, None),
        Term("support", "ticket*", 2, None),
    ),
)

_PARTS = {
    "price": (
        ("Your quote", "The yearly fee", "What you asked for a site"),
        ("was dearer than any other.", "came out too expensive.", "was twice our sum."),
    ),
    "support": (
        ("The support desk", "Every ticket", "Your support line"),
        ("stayed silent for a week.", "went round in circles.", "was slow to answer."),
    ),
    "paperwork": (
        ("Each delivery slip", "The customs sheet", "Every gate pass"),
        ("had to be stamped by hand.", "was typed in twice.", "wanted three signatures."),
    ),
}
_ASIDE = (
    "We run four depots in the north.",
    "Our lorries go out at five.",
    "The board met in spring.",
    "We are forty people here.",
)

LABEL_COLUMNS = {
    **dict.fromkeys(("text_hash", "text", "stance", "reason"), pl.String),
    "is_primary": pl.Boolean,
    "polarity": pl.String,
}

Said = tuple[str, tuple[str, ...]]
"""A text and the reasons it gives, the first in the text first."""


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def said(count: int, seed: int = 1, *, silent: float = 0.2) -> list[Said]:
    """Different texts of one or two reasons, or of none for a share of them."""
    chance = random.Random(seed)
    found: dict[str, tuple[str, ...]] = {}
    while len(found) < count:
        number = 0 if chance.random() < silent else chance.choice((1, 1, 2))
        reasons = tuple(chance.sample(sorted(_PARTS), number))
        parts = [" ".join(map(chance.choice, _PARTS[reason])) for reason in reasons]
        aside = chance.sample(_ASIDE, 2 if not parts else 1)
        found[" ".join([*aside, *parts])] = reasons
    return list(found.items())


def texts(rows: Sequence[Said], stance: str = "against") -> pl.DataFrame:
    """The texts to be coded."""
    return pl.DataFrame(
        {
            "text_hash": [hashed(text) for text, _ in rows],
            "text": [text for text, _ in rows],
            "stance": [stance] * len(rows),
        },
        schema=dict.fromkeys(("text_hash", "text", "stance"), pl.String),
    )


def labels(rows: Sequence[Said], stance: str = "against") -> pl.DataFrame:
    """What people said of the texts: the first reason is primary; a null where there is none."""
    cells = [
        (hashed(text), text, stance, reason, place == 0 if reason else None, None)
        for text, reasons in rows
        for place, reason in enumerate(reasons or (None,))
    ]
    return pl.DataFrame(cells, schema=LABEL_COLUMNS, orient="row")


def reasons_of(codes: pl.DataFrame) -> dict[str, set[str]]:
    """The firm reasons of each text_hash."""
    firm = codes.filter(~pl.col("is_suggested")).group_by("text_hash").agg("reason")
    return {text_hash: set(reasons) for text_hash, reasons in firm.iter_rows()}
