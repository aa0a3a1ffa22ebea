"""How long a form takes: a rule of thumb, the same for every form.

Each question takes as long as its type says in `_SECONDS`, from a glance at a scale to a few
sentences of open words; the sum is rounded to whole minutes, and never under one. Typeform
measures what it really took once people have answered.
"""

from collections.abc import Sequence

_SECONDS = {
    "long_text": 40,
    "short_text": 12,
    "email": 12,
    "phone_number": 12,
    "website": 12,
    "number": 12,
    "date": 15,
    "multiple_choice": 12,
    "dropdown": 12,
    "picture_choice": 12,
    "ranking": 30,
    "opinion_scale": 7,
    "rating": 7,
    "nps": 7,
    "yes_no": 7,
    "legal": 7,
}
_OTHERS = 20
_MINUTE = 60


def seconds(types: Sequence[str]) -> int:
    """What questions of these types take to read and answer."""
    return sum(_SECONDS.get(each, _OTHERS) for each in types)


def minutes(types: Sequence[str]) -> int:
    """The same in whole minutes, one at least."""
    return max(1, round(seconds(types) / _MINUTE))
