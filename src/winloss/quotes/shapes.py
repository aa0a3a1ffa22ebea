"""What is recognised by its shape: addresses, and numbers of people and accounts."""

import ipaddress
import re
from collections.abc import Iterator

from winloss.quotes.names import Found, Mark
from winloss.quotes.split import Span

_EMAIL = re.compile(
    r"[^\s@<>()\[\]{},;:\"]{1,64}@[^\s@<>()\[\]{},;:\"]{1,255}"
    r"|[^\s@<>()\[\]{},;:\"]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
_SPOKEN_EMAIL = re.compile(
    r"\b[\w.+-]{1,64}\s{0,3}[\[({<]\s{0,3}at\s{0,3}[\])}>]\s{0,3}[\w-]{1,63}"
    r"(?:\s{0,3}[\[({<]?\s{0,3}(?:dot|\.)\s{0,3}[\])}>]?\s{0,3}\w{2,24})+"
    r"|\b[\w.+-]{1,64}(?: dot [\w-]{1,63}){0,3} at [\w-]{1,63}(?: dot \w{2,24}){1,4}\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|eu|de|fr|nl|uk|es|it|ch|at|biz|info|app|dev"
    r"|ai|au|br|ca|cloud|cz|dk|edu|example|gov|jp|mx|nz|pl|se|shop|tech|xyz)\b(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{1,40}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,$€£])\+?\(?\d(?:[ ./()\-\u00a0\u2010-\u2013]{0,3}\d){5,18}(?!\w)")
_DAY = re.compile(r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})")
_YEARS = re.compile(r"(?:19|20)\d\d\W+(?:19|20)\d\d")
_SOCIAL_SECURITY = re.compile(
    r"(?<![\w-])(?!000|666|9)\d{3}([- ])(?!00)\d\d\1(?!0000)\d{4}(?![\w-])"
)
"""A number of the United States' social security, as its agency assigns them."""
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}(?![\w:])", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?:versions?|v|ver|releases?|builds?|patch|update)[ .:]{0,2}$", re.IGNORECASE
)
_LEAST_OCTET = 10
"""Four numbers that are all smaller are rather a version."""

_SHAPES: tuple[tuple[re.Pattern[str], Mark], ...] = (
    (_EMAIL, "e-mail"),
    (_SPOKEN_EMAIL, "e-mail"),
    (_LINK, "link"),
    (_HANDLE, "handle"),
    (_SOCIAL_SECURITY, "id number"),
)


def shapes(text: str) -> Iterator[Found]:
    """Spans of everything that is recognised by its shape, in no order; they may overlap."""
    for match in _IBAN.finditer(text):
        if end := _iban_end(match[0]):
            yield match.start(), match.start() + end, "account number"
    for match in _NUMBER.finditer(text):
        if mark := _number_mark(match[0]):
            yield *match.span(), mark
    for pattern, mark in _SHAPES:
        for match in pattern.finditer(text):
            yield *_without_stop(match), mark
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if _is_address(match, text):
                yield *match.span(), "address"


def _without_stop(match: re.Match[str]) -> Span:
    """The span without the punctuation that ends the sentence."""
    return match.start(), match.start() + len(match[0].rstrip(".,!?'’"))


def _is_address(match: re.Match[str], text: str) -> bool:
    """An address of the internet rather than a version or a time."""
    try:
        ipaddress.ip_address(match[0])
    except ValueError:
        return False
    if ":" in match[0]:
        return True
    is_large = max(int(part) for part in match[0].split(".")) >= _LEAST_OCTET
    return is_large and not _VERSION.search(text[max(0, match.start() - 12) : match.start()])


def _number_mark(number: str) -> Mark | None:
    """What a run of digits is: a card, a phone, or None for a date, a year or an amount."""
    digits = re.sub(r"\D", "", number)
    if len(digits) >= 13 and _is_luhn(digits):  # noqa: PLR2004 - the shortest card has 13
        return "card"
    if _DAY.fullmatch(number) or _YEARS.fullmatch(number):
        return None
    return "phone" if _is_phone(number, digits) else None


def _is_phone(number: str, digits: str) -> bool:
    """National and international shapes; a seven-figure amount written in thousands is not one."""
    if number.startswith(("+", "(", "0")) or len(digits) >= 9:  # noqa: PLR2004
        return len(digits) >= 6  # noqa: PLR2004
    return len(digits) >= 7 and not re.fullmatch(  # noqa: PLR2004
        r"\d{1,3}(?:[ .\u00a0]\d{3})+", number
    )


def _is_luhn(digits: str) -> bool:
    """The check of card numbers (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def _iban_end(text: str) -> int:
    """Length of the account number the text begins with; 0 when there is none.

    The check of ISO 13616: modulo 97 leaves 1. The words that follow may look like part of it.
    """
    ends = [match.end() for match in re.finditer(r"[A-Z0-9](?![A-Z0-9])", text, re.IGNORECASE)]
    return max((end for end in ends if _is_iban(text[:end])), default=0)


def _is_iban(text: str) -> bool:
    plain = re.sub(r"[ -]", "", text).upper()
    if not plain.isascii() or len(plain) < 15:  # noqa: PLR2004 - the shortest, Norway's
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
