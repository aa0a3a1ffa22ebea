"""Coding: what a customer's words are about, with the slice that says so."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from winloss.coding.codebook import Codebook
    from winloss.coding.layers import Coder

__all__ = ["coder"]


def coder(
    codebook: "Codebook | None" = None,
    labels: "pl.DataFrame | None" = None,
    *,
    sentence_model: bool | None = None,
    decides_from: int = 200,
    rivals: "Iterable[str]" = (),
) -> "Coder":
    """The coder of one codebook (by default ours) and what people's `labels` teach it.

    `labels`, one row per reason a person gave a text: text_hash, text, stance (against | for |
    none), reason (null: none applies), is_primary (null: unknown). `sentence_model`: None uses it
    where it is installed, True insists, False never does. From `decides_from` labelled texts on
    the learner decides; below it adds to the rules. Nothing is trained before the first text.
    `rivals`: names of competitors, so that what is said of them is not taken for ours.
    Raises CodebookError for a broken codebook and CodingError for a model that is not installed.
    """
    from winloss.coding.codebook import read
    from winloss.coding.layers import Coder

    return Coder(
        read() if codebook is None else codebook,
        labels,
        sentence_model=sentence_model,
        decides_from=decides_from,
        rivals=rivals,
    )
