"""How near a contestant's answers come to people's codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from coding_contestants import Answer
from coding_sets import Text

from winloss.numbers.agreement import Alpha, alpha

COVERAGES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Score:
    """One contestant, asked once."""

    micro: float
    """F1 over all texts and codes."""
    macro: float
    """Mean of the codes' own F1; a code nobody has and nobody gives is left out."""
    accuracy: float
    """Share of texts whose first code people gave too, suggestions among them."""
    selective: dict[float, float]
    """Coverage -> accuracy among the surest of the texts."""
    f1: dict[str, float]
    alphas: dict[str, Alpha]


@dataclass(frozen=True)
class Spread:
    """A figure over several draws."""

    mean: float
    deviation: float | None
    """Sample standard deviation; None of a single draw."""

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        """The mean of one figure per draw, and how far apart they lie."""
        return cls(fmean(figures), stdev(figures) if len(figures) > 1 else None)


def score(asked: Sequence[Text], answers: Sequence[Answer], codes: Sequence[str]) -> Score:
    """Compare answers with what people said, text by text; `codes` are the codebook's."""
    counts = {code: _counts(code, asked, answers) for code in codes}
    both, one = (sum(each[place] for each in counts.values()) for place in (0, 1))
    f1 = {code: _f1(each[0], each[1]) for code, each in counts.items() if each[0] or each[1]}
    hits = _hits(asked, answers)
    return Score(
        micro=_f1(both, one),
        macro=fmean(f1.values()) if f1 else 0.0,
        accuracy=fmean(hits),
        selective={share: fmean(hits[: max(round(share * len(hits)), 1)]) for share in COVERAGES},
        f1=f1,
        alphas={code: alpha(*each) for code, each in counts.items()},
    )


def _counts(code: str, asked: Sequence[Text], answers: Sequence[Answer]) -> tuple[int, int, int]:
    """Texts in which both, one or neither of machine and people named the code."""
    pairs = [
        (code in text.codes) + (code in answer.codes)
        for text, answer in zip(asked, answers, strict=True)
    ]
    return pairs.count(2), pairs.count(1), pairs.count(0)


def _f1(both: int, one: int) -> float:
    return 2 * both / (2 * both + one) if both or one else 0.0


def _hits(asked: Sequence[Text], answers: Sequence[Answer]) -> list[bool]:
    """Is the first code right, the surest text first; equals in an order of no meaning."""
    ranked = sorted(
        zip(asked, answers, strict=True),
        key=lambda pair: (-pair[1].confidence, pair[0].text_id[::-1]),
    )
    return [answer.first in text.codes for text, answer in ranked]
