"""How near one text is to others, by the words they share; the same words, the same answer."""

import polars as pl

LEAST_SIMILAR = 0.25
"""Cosine of 0 to 1 from which two texts are called near."""
FEWEST_WORDS = 2
"""Words that two texts share before they are called near."""

_MANY = 200
_COMMON = 0.2
"""Of so many texts, words found in more than this share tell nobody apart and are left out."""
_WORD = r"\p{L}{4,}"
_ENDING = r"^(\p{L}{3,}?)(?:ing|ed|es|s|e)$"


def nearest(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Which of the texts asked about are near a known one of somebody else.

    Both have `account_id` and `text`, one row per text. The answer has one row per account of
    `asked` that is near any: `account_id`, `similarity` to the nearest text, and `word_count`,
    the words shared with it; sorted by account. Words are those of four letters or more without
    their English endings, weighed by how rare they are in all these texts and no others (Salton
    and Buckley, "Term-Weighting Approaches in Automatic Text Retrieval", 1988).
    """
    texts = pl.concat(
        [
            asked.select("account_id", "text").with_columns(is_known=pl.lit(value=False)),
            known.select("account_id", "text").with_columns(is_known=pl.lit(value=True)),
        ]
    ).with_row_index("place")
    weighed = _weighed(texts)
    left = weighed.filter(~pl.col("is_known"))
    right = weighed.filter(pl.col("is_known"))
    return (
        left.join(right, on="word", suffix="_known")
        .filter(pl.col("account_id") != pl.col("account_id_known"))
        .group_by("account_id", "place", "place_known")
        .agg(
            similarity=(pl.col("weight") * pl.col("weight_known")).sum().round(9),
            word_count=pl.len().cast(pl.Int64),
        )
        .filter((pl.col("similarity") >= LEAST_SIMILAR) & (pl.col("word_count") >= FEWEST_WORDS))
        .sort("similarity", "word_count", "place_known", descending=[True, True, False])
        .group_by("account_id", maintain_order=True)
        .first()
        .select("account_id", "similarity", "word_count")
        .sort("account_id")
    )


def _weighed(texts: pl.DataFrame) -> pl.DataFrame:
    """One row per text and word: its weight, the weights of a text having the length 1."""
    words = (
        texts.with_columns(
            word=pl.col("text").str.to_lowercase().str.extract_all(_WORD),
        )
        .explode("word")
        .filter(pl.col("word").is_not_null())
        .with_columns(pl.col("word").str.replace(_ENDING, "$1"))
        .group_by("place", "account_id", "is_known", "word")
        .agg(often=pl.len())
    )
    most = texts.height * (_COMMON if texts.height >= _MANY else 1)
    rarity = (
        words.group_by("word")
        .agg(rarity=((1 + texts.height) / (1 + pl.len())).log() + 1, texts=pl.len())
        .filter(pl.col("texts") <= most)
    )
    raw = words.join(rarity, on="word").with_columns(weight=pl.col("often") * pl.col("rarity"))
    length = pl.col("weight").pow(2).sum().sqrt().over("place")
    return raw.sort("place", "word").with_columns(weight=pl.col("weight") / length)
