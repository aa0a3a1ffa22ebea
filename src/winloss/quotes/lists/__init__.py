"""Words that tell a name from no name; NOTICE.txt says whose they are and who made them."""

from functools import cache
from importlib.resources import files
from typing import Literal


@cache
def known(name: Literal["everyday", "family", "given", "rarer"]) -> frozenset[str]:
    """The folded words of one list.

    `given` and `family` are names of persons; `everyday` are common words of English that are
    written small, `rarer` the other ones and what is written with a capital, names among it.
    """
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.splitlines()[1:])
