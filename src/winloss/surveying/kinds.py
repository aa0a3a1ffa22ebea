"""The kinds of form there are, checked and said in words."""

from difflib import get_close_matches

from winloss import wording
from winloss.errors import FormError
from winloss.typeform.surveys import forms

_SURVEY = {
    "cancellation": "Survey after a cancellation",
    "lost_deal": "Survey after a lost deal",
    "pulse": "Survey of customers who are with us",
    "seller": "Form for our seller after a decision",
    "staff": "Survey of our own people",
    "won_deal": "Survey after a won deal",
}


def checked(kind: str) -> str:
    """The kind; raises FormError with those there are when it is none, and the nearest."""
    known = forms.kinds()
    if kind in known:
        return kind
    near = get_close_matches(kind, known, n=1)
    meant = f", did you mean {near[0]}?" if near else "."
    raise FormError(f"There is no kind {kind}; there are {wording.listed(known)}{meant}")


def survey(kind: str) -> str:
    """What a form of that kind is, such as `Survey after a lost deal`."""
    return _SURVEY.get(kind, f"Form of kind {kind}")
