"""The words of the sample: what its invented customers and sellers say."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
VERBATIMS = ("lost_deal", "cancellation", "won_deal", "pulse")


@dataclass(frozen=True)
class Word:
    """One thing a customer wrote, and what its author says it means."""

    text: str
    asks: str
    form: str
    reason: str | None
    also: tuple[str, ...]
    chosen: str | None
    """What the same person ticked in the list; often not what they wrote."""
    language: str


@cache
def data(name: str) -> Any:  # noqa: ANN401 (each file has its own shape)
    """A data file of the sample, TOML or YAML, by its path below this folder."""
    path = FOLDER / name
    if path.suffix == ".toml":
        import tomllib

        return tomllib.loads(path.read_text("utf-8"))
    return yaml.load(path.read_text("utf-8"), Loader=_loader())  # noqa: S506 (a safe one)


def _loader() -> type[yaml.SafeLoader]:
    """The same loader in C, where the machine has it: ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def pick(rng: random.Random, weights: Mapping[str, float]) -> str:
    """One of the keys, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def verbatims() -> tuple[Word, ...]:
    """Every verbatim of the words' files, in their order."""
    names = [f"words/{form}.yaml" for form in VERBATIMS]
    return tuple(_word(entry) for name in names for entry in data(name))


def _word(entry: Mapping[str, Any]) -> Word:
    return Word(
        text=entry["text"].removesuffix("\n"),
        asks=entry["asks"],
        form=entry["form"],
        reason=entry.get("reason"),
        also=tuple(entry.get("also") or ()),
        chosen=entry.get("chosen"),
        language=entry.get("language") or "en",
    )


class Bag:
    """Verbatims to draw from: none a second time while another one fits."""

    MORE = "…"
    """Ends a text that is only the beginning of a verbatim."""

    def __init__(self, words: tuple[Word, ...], weights: Mapping[str, float]) -> None:
        """Weigh words by their reason; a reason that is not there weighs 1."""
        self._by_question: dict[tuple[str, str], list[Word]] = {}
        for word in words:
            self._by_question.setdefault((word.form, word.asks), []).append(word)
        self._weights = weights
        self._used: Counter[str] = Counter()

    def draw(
        self,
        rng: random.Random,
        question: tuple[str, str],
        *,
        uses: int,
        fits: Callable[[Word], bool] = lambda _: True,
    ) -> Word | None:
        """A verbatim for a form and what it asks; None when all that fit are used up."""
        fitting = [word for word in self._by_question.get(question, ()) if fits(word)]
        fewest = min((self._used[word.text] for word in fitting), default=uses)
        if fewest >= uses:
            return None
        fresh = [word for word in fitting if self._used[word.text] == fewest]
        weights = [self._weights.get(word.reason or "", 1.0) for word in fresh]
        found = rng.choices(fresh, weights)[0]
        self._used[found.text] += 1
        return found

    def whole(self, beginning: str) -> str:
        """The text that a script means: the verbatim that begins so, or what stands there."""
        if not beginning.endswith(self.MORE):
            return beginning
        start = beginning.removesuffix(self.MORE)
        texts = [word.text for words in self._by_question.values() for word in words]
        found = next(text for text in texts if text.startswith(start))
        self._used[found] += 2
        return found
