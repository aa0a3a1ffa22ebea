"""Where current customers stand: what they feel beside what they intend, and what changed."""

from collections.abc import Iterator, Mapping

import polars as pl

from winloss import wording
from winloss.quotes import Voices
from winloss.reporting import Figure, Panel
from winloss.tally import OPEN, Tally, noted, row

READS = ("loyalty_matrix", "loyalty_moves")

ATTITUDE_FROM = 4.0
"""A mean attitude, of 1 to 5, from which an account likes us."""
BEHAVIOUR_FROM = 3.5
"""A mean intention, from 1 (go) to 5 (stay), from which an account means to stay."""
SHIFT = 0.5
"""How far both cuts are moved to see how much the matrix depends on them."""
QUADRANTS = {
    (True, True): "Truly loyal",
    (True, False): "Accessible",
    (False, True): "Trapped",
    (False, False): "High risk",
}
"""Likes us, means to stay: the four places of the Walker matrix, from best to worst."""
_WORDS = ("right_deal", "missed")
_PLACES = tuple(QUADRANTS.values())
_INTENTS = {
    "yes": "Satisfied, would move",
    "maybe": "Satisfied, might",
    "no": "Satisfied, would not",
}


def quadrant(attitude: float, behaviour: float, shift: float = 0.0) -> str:
    """The place of an account in the matrix, with both cuts moved by `shift`."""
    return QUADRANTS[attitude >= ATTITUDE_FROM + shift, behaviour >= BEHAVIOUR_FROM + shift]


def restless(answers: Tally, period: str, intent: str = "yes") -> Figure:
    """The satisfied who would move (or `maybe`, `no`), of all current customers asked."""
    asked = answers.among(period=period, question_ref="would_move")
    is_one = (pl.col("among") == "satisfied") & (pl.col("value") == intent)
    return asked.figure(_INTENTS[intent].lower(), is_one)


def satisfied_leavers(answers: Tally) -> Figure:
    """Those satisfied with us, of the cancellations heard whose survey closed in the window."""
    left = answers.among(period="window", question_ref="satisfaction", among="cancelled")
    return left.saying("cancelled, though satisfied", "yes")


def satisfied(answers: Tally) -> Iterator[Panel]:
    """Would they move, by whether they are satisfied; and who was satisfied and left."""
    asked = answers.among(period="window", question_ref="would_move")
    rows = []
    if asked.total:
        is_open = (pl.col("among") == "satisfied") & ~pl.col("value").is_in(list(_INTENTS))
        is_open |= pl.col("among") == OPEN
        unsatisfied = asked.figure("not satisfied", pl.col("among") == "dissatisfied")
        rows = [row(label, restless(answers, "window", one)) for one, label in _INTENTS.items()]
        rows += [row("Not satisfied", unsatisfied)]
        left_open = asked.figure("left one of the two open", is_open)
        rows += [row("Left one of the two open", left_open)] if left_open.count else []
    left = satisfied_leavers(answers)
    rows += [row("Cancelled, though satisfied", left)] if left.total else []
    if rows:
        out = answers.among(period="window", question_ref="satisfaction").left_out
        note = noted(
            "Would they move for the right deal? The latest pulse of each current customer; "
            "satisfied is 4 or 5 of 5.",
            f"Of those who cancelled: {out[:1].lower()}{out[1:]}" if out else "",
        )
        yield Panel("satisfied", "Satisfied is not loyal", tuple(rows), note=note)


def matrix(counts: Mapping[str, pl.DataFrame], voices: Voices) -> Iterator[Panel]:
    """The four places with how many stand on each, and a quote from each."""
    asked = Tally(counts["loyalty_matrix"], "sql/reports/loyalty_matrix.sql")
    told = asked.told(pl.col("attitude").is_not_null())
    rows = told.tally.rows.filter(pl.col("attitude").is_not_null())
    if rows.is_empty():
        return
    placed = Tally(_placed(rows), asked.query)
    everyone = Tally(_anywhere(told.tally.rows, placed.rows), asked.query)
    figures = [everyone.figure(place, pl.col("quadrant") == place) for place in _PLACES]
    unplaced = everyone.figure("answered too little", pl.col("quadrant").is_null())
    note = noted(
        told.note,
        f"Likes us: the mean of satisfied, would recommend and glad to tell is {ATTITUDE_FROM:g} "
        f"of 5 or more. Means to stay: that of will stay, will do more and would resist another "
        f"supplier is {BEHAVIOUR_FROM:g} or more.",
        f"Both cuts half a point lower: {_shifted(rows, -SHIFT)}; higher: {_shifted(rows, SHIFT)}.",
    )
    drawn = [
        row(figure.name, figure, voices.choose(_WORDS, figure.row_ids, beside=(figure,)))
        for figure in figures
    ]
    drawn += [row("Answered too little", unplaced)] if unplaced.count else []
    title = "What they feel, and what they intend"
    yield Panel("matrix", title, tuple(drawn), note=note)


def moves(counts: Mapping[str, pl.DataFrame]) -> Iterator[Panel]:
    """What changed since the same account's pulse before."""
    core = Tally(counts["loyalty_moves"], "sql/reports/loyalty_moves.sql")
    would_before, would = pl.col("previous_would_move") == "yes", pl.col("would_move") == "yes"
    was, is_now = pl.col("previous_is_satisfied"), pl.col("is_satisfied")
    changes = {
        "Was satisfied, would move now": was & ~would_before & would,
        "Would have moved, no longer": would_before & pl.col("would_move").is_in(["no", "maybe"]),
        "No longer satisfied": was & ~is_now,
    }
    rows = [row(label, core.figure(label.lower(), is_one)) for label, is_one in changes.items()]
    if not core.total:
        return
    twice = _placed_twice(counts["loyalty_matrix"])
    if twice.total:
        rows.append(row("Stands worse in the matrix", twice.figure("worse", pl.col("is_worse"))))
    note = "The latest pulse of each current customer against the one before."
    yield Panel("moves", "Since they were last asked", tuple(rows), note=note)


def _placed(rows: pl.DataFrame, prefix: str = "", shift: float = 0.0) -> pl.DataFrame:
    """The rows with the `quadrant` of each, or with `previous_` that of the pulse before."""
    pairs = rows.select(f"{prefix}attitude", f"{prefix}behaviour").iter_rows()
    places = [quadrant(attitude, behaviour, shift) for attitude, behaviour in pairs]
    return rows.with_columns(pl.Series(f"{prefix}quadrant", places, dtype=pl.String))


def _anywhere(shown: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """The placed rows, and those who were shown the block and answered too little for a place."""
    return pl.concat([placed, shown.filter(pl.col("attitude").is_null())], how="diagonal")


def _placed_twice(rows: pl.DataFrame) -> Tally:
    known = rows.filter(
        pl.col("period") == "all",
        pl.all_horizontal(pl.col("attitude", "previous_attitude").is_not_null()),
    )
    placed = _placed(_placed(known), "previous_")
    pairs = placed.select("previous_quadrant", "quadrant").iter_rows()
    is_worse = [_PLACES.index(now) > _PLACES.index(before) for before, now in pairs]
    worse = pl.Series("is_worse", is_worse, dtype=pl.Boolean)
    return Tally(placed.with_columns(worse), "sql/reports/loyalty_matrix.sql")


def _shifted(rows: pl.DataFrame, shift: float) -> str:
    """How many stand where with other cuts: `9 truly loyal, 2 accessible, …`."""
    moved = _placed(rows, shift=shift)
    counts = {
        place: int(moved.filter(pl.col("quadrant") == place)["voter_count"].sum())
        for place in _PLACES
    }
    return wording.listed([f"{count} {place.lower()}" for place, count in counts.items()])
