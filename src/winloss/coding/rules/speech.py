"""How the expressions about a clause are written, and the negations they share."""

import re

NT = r"(?:(?:do|does|did|is|are|was|were|has|have|had|wo|would|could|ca|should|ai)n't)"
BE_NOT = r"(?:wasn't|isn't|weren't|aren't|ain't|(?:was|is|were|are|be|been|'s) (?:not|never))"
SOFTLY = r"(?:really |actually |so much |primarily |mainly |necessarily |even |merely about )?"
REST = r"(?P<rest>[^,;]*)$"
"""Up to the term, as far as no comma stands between."""


def expression(text: str) -> re.Pattern[str]:
    """An expression in which every apostrophe may be missing and NT is any word ending so."""
    return re.compile(text.replace("NT", NT).replace("'", "'?"))


DENIES_BEFORE = expression(
    r"\b(?:not|never|no|hardly|barely|without|nobody|none|nor|neither|cannot|NT)"
    r" (?:[\w'’]+ ){0,2}$"
)
"""An ordinary negation close before what follows."""
ASSERTED_BEFORE = expression(r"\bnot (?:only|just|merely|simply|solely|least)\b[^,]*$")
