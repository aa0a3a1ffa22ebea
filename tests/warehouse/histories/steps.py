"""What may happen to a programme, one step a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WORDS = (
    "The price was far too high for a team of our size.",
    "Support took days to answer and Maria Keller never called us back.",
    "The export was late again and the price went up all the same.",
    "Our cousin runs the other firm, so that was that in the end.",
)
CODEBOOKS = ("plain", "one added", "one split", "one retired")
FORMS = ("plain", "retitled", "in German", "asks for an address")
ANSWERED = {"r1": "lost_deal", "r2": "lost_deal", "r3": "pulse", "r4": "seller"}
"""The form that each response answers; few, so that the same is often met again."""


@dataclass(frozen=True)
class Came:
    """A response comes in `lag` days late, given `age` days before; a lag below 0 is too early."""

    response: str
    words: int | None = 0
    rating: int = 4
    may_see: bool | None = True
    may_quote: str | None = "named"
    decision: str | None = "d1"
    is_completed: bool = True
    is_retyped: bool = False
    source: str = "pull"
    lag: int = 0
    age: int = 0


@dataclass(frozen=True)
class Again:
    """What came in so many responses ago comes in once more, as from pulls that overlap."""

    ago: int = 0
    source: str = "pull"
    lag: int = 0


@dataclass(frozen=True)
class Swept:
    """A sweep says whether a response is deleted at the source."""

    response: str
    is_deleted: bool = True
    lag: int = 0
    source: str = "sweep"


@dataclass(frozen=True)
class Formed:
    """A form's definition comes in, last edited `age` days before."""

    form: str = "lost_deal"
    version: str = "plain"
    lag: int = 0
    age: int | None = 0
    source: str = "definition"


@dataclass(frozen=True)
class Told:
    """Our own systems say something; a day among the values is counted from today."""

    entity: str
    row: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Labelled:
    """A person codes a text; without reasons none applies."""

    words: int = 0
    reasons: tuple[str, ...] = ()
    reviewer: str = "ada"
    stance: str = "against"


@dataclass(frozen=True)
class Taught:
    """People code so many texts that the coder learns from them."""


@dataclass(frozen=True)
class Set:
    """The programme's settings are edited."""

    codebook: str = "plain"
    is_mapped: bool = False
    is_signed: bool = False


@dataclass(frozen=True)
class Loaded:
    """What has landed is loaded, and the run is cut off before it builds."""


@dataclass(frozen=True)
class Recoded:
    """Words are coded ahead of the next build, or some of them until Ctrl-C."""

    is_all: bool = False
    is_cut: bool = False


@dataclass(frozen=True)
class Built:
    """A build, all of it or cut off before its marts; a weekly one opens its edition before."""

    is_full: bool = False
    is_cut: bool = False
    is_weekly: bool = False


Step = Came | Again | Swept | Formed | Told | Labelled | Taught | Set | Loaded | Recoded | Built


def decided(kind: str) -> Told:
    """The CRM says that `d1` was decided so, or is open."""
    return Told("decisions", {"decision_id": "d1", "decision_kind": kind, "decided_on": -3})
