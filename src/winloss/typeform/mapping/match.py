"""What a proposal says of one question of somebody else's form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from winloss.typeform.mapping.measure import ChoiceMatch
from winloss.typeform.mapping.theirs import Choice, Theirs, without_markup
from winloss.typeform.surveys.forms import Question

CONSENT = ("may_see", "may_quote")
"""Written without a person's yes only where their wording is ours, word for word."""


@dataclass(frozen=True)
class Match:
    """What is proposed for one question of theirs, or written of it already."""

    theirs: Theirs
    ours: Question | None
    """Nothing where none of ours is like it, or none could be read from it."""
    strength: float
    why: str
    choices: tuple[ChoiceMatch, ...] = ()
    """Those to be added."""
    is_rotating: bool = False
    """Whether ours stands in a rotating block."""
    yours: str = ""
    """What winloss.toml maps the question to; empty where it says nothing of it."""
    your_choices: Mapping[str, str] = field(default_factory=dict)
    """Their choice, by ref or label -> our choice ref, as winloss.toml has them."""
    obstacle: str = ""
    """Why what is written cannot be read; empty where it can."""

    @property
    def is_yours(self) -> bool:
        """Whether winloss.toml has the line already."""
        return bool(self.yours)

    @property
    def is_news(self) -> bool:
        """Whether anything would be added to winloss.toml."""
        return not self.is_yours or bool(self.choices)

    @property
    def ours_ref(self) -> str:
        """The ref of ours; empty where nothing is proposed."""
        return self.yours or (self.ours.ref if self.ours else "")

    @property
    def is_consent(self) -> bool:
        """Whether it governs what may be shown or quoted."""
        return self.ours_ref in CONSENT

    @property
    def is_ours_verbatim(self) -> bool:
        """Whether it is ours, title and choices word for word, so that nothing is guessed."""
        if self.ours is None:
            return False
        theirs = sorted(_folded(choice.label) for choice in self.theirs.choices)
        ours = sorted(_folded(label) for label in self.ours.choices.values())
        return _folded(self.theirs.title) == _folded(self.ours.title) and theirs == ours

    def your_choice(self, theirs: Choice) -> str:
        """What winloss.toml says a choice of theirs means; empty where it says nothing."""
        for name, ref in self.your_choices.items():
            if {name, without_markup(name)} & {theirs.ref, theirs.label}:
                return ref
        return ""


def _folded(text: str) -> str:
    return without_markup(text).casefold()
