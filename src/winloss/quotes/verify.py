"""Holds a quote against the answer as stored, character for character."""

from winloss.errors import QuoteError
from winloss.quotes.fit import is_printable
from winloss.quotes.mask import mask
from winloss.quotes.names import Names
from winloss.quotes.printing import is_unchecked
from winloss.quotes.split import sentences
from winloss.reporting import Quote


def verify(quote: Quote, text: str, names: Names) -> None:
    """Cut and mask the quote again from the answer as typed.

    Raises QuoteError unless the outcome is, character for character, what would be printed.
    """
    masked = mask(text, names)
    start, end = quote.span_start, quote.span_end
    where = f"The quote from {quote.form_id}/{quote.response_id} ({quote.question_ref})"
    if not 0 <= start < end <= len(text) or masked.cuts(start, end):
        raise QuoteError(f"{where} has no such span; rebuild the report from the stored answer.")
    if masked.slice(start, end) != quote.text:
        raise QuoteError(f"{where} is not what the customer wrote; the report was not made.")
    if not is_printable(quote.text):
        raise QuoteError(f"{where} holds characters that must not be printed; choose another.")
    if is_unchecked(text, start, end, names):
        raise QuoteError(
            f"{where} may hold a name nobody has looked at; clear it with `winloss review`."
        )
    if (quote.is_cut_before, quote.is_cut_after) != _cuts(text, start, end):
        raise QuoteError(f"{where} is cut and does not show it; the report was not made.")


def _cuts(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the span begins and ends elsewhere than a sentence does."""
    spans = sentences(text)
    return start not in {span[0] for span in spans}, end not in {span[1] for span in spans}
