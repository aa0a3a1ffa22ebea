"""Names and addresses in many spellings, planted in texts, and the search for what is left."""

import re
import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

from winloss.quotes import Names

PEOPLE = (
    "Bodil Quillfeather",
    "Jürgen Mühlhäuser-Vanstone",
    "Siobhán O’Ravensbourne",
    "Xu Zhelong",
)
COMPANIES = ("Thornquist Logistik GmbH", "Pöllerbach & Sons Ltd")
KEPT = ("Dockmaster", "Quarry Yard", "Tidemark")
NAMES = Names.of(people=PEOPLE, companies=COMPANIES, kept=KEPT)
CORES = (
    *("bodil", "quillfeather", "jurgen", "juergen", "muhlhauser", "muehlhaeuser", "vanstone"),
    *("siobhan", "ravensbourne", "zhelong", "thornquist", "pollerbach", "poellerbach"),
)
"""What must not be left of them, in any spelling: letters alone, without accents."""

ADDRESSES = {
    "b.quill@mail.example.com": "quill@mail",
    "zed (at) firm dot example dot com": "zed(at)firm",
    "zed [at] firm [dot] com": "zed[at]firm",
    "zed at firm dot com": "zedatfirmdotcom",
    "zed @ firm.example": "zed@firm",
    "+49 30 901820": "901820",
    "(555) 867-5309": "8675309",
    "4111 1111 1111 1111": "1111111",
    "DE89 3704 0044 0532 0130 00": "37040044",
    "219-09-9999": "219099999",
    "192.168.17.4": "192.168.17.4",
    "2001:db8::8a2e:370:7334": "8a2e:370",
    "https://zed.example/?who=1": "zed.example",
    "www.zed.example": "zed.example",
    "@zedfirm": "@zedfirm",
}
"""An address as typed, and what must not be left of it once spaces are gone."""

_WIDE = {letter: chr(ord(letter) + 0xFEE0) for letter in map(chr, range(0x21, 0x7F))}
_TWO = str.maketrans({"ü": "ue", "ä": "ae", "ö": "oe", "Ü": "Ue", "Ä": "Ae", "Ö": "Oe"})


def wide(text: str) -> str:
    """In full-width letters."""
    return "".join(_WIDE.get(letter, letter) for letter in text)


def hidden(text: str) -> str:
    """With what nobody sees between its letters."""
    return "\u200b".join(text[:3]) + "\u00ad" + text[3:]


def initial(name: str) -> str:
    """`J. Smith`."""
    first, *_, last = name.split()
    return f"{first[0]}. {last}"


def divided(text: str) -> str:
    """At the end of a line, in the middle of the last word."""
    return f"{text[:-4]}-\n{text[-4:]}"


ANY: tuple[Callable[[str], str], ...] = (
    *(str, str.upper, str.lower, str.title, wide, hidden, divided),
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.translate(_TWO),
    lambda name: name.replace(" ", "\n"),
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace(" ", ""),
    lambda name: name.replace("’", "'").replace("-", "\u2010"),
    lambda name: f"{name}'s",
)
OF_PERSONS: tuple[Callable[[str], str], ...] = (
    lambda name: f"{name.split()[-1]}s",
    lambda name: ", ".join(reversed(name.split())),
    initial,
)
SPELLED = [
    *((name, how) for name in PEOPLE for how in ANY + OF_PERSONS),
    *((name, how) for name in COMPANIES for how in ANY),
]
names = st.builds(
    lambda spelled, dressed: dressed(spelled[1](spelled[0])),
    st.sampled_from(SPELLED),
    st.sampled_from((str, str.upper, wide)),
)
addresses = st.builds(
    lambda typed, how: how(typed),
    st.sampled_from(sorted(ADDRESSES)),
    st.sampled_from((str, hidden, wide)),
)
words = st.sampled_from(("the offer", "came late", "nobody told us", "why", "we waited", "dear"))
texts = st.lists(
    st.one_of(words, words, words, names, addresses, st.sampled_from(KEPT)), min_size=4, max_size=9
).map(lambda parts: f"We heard {', '.join(parts)} about it.")


def left(printed: str) -> list[str]:
    """What of the planted names and addresses a reader could still make out."""
    seen = unicodedata.normalize(
        "NFKC", "".join(c for c in printed if unicodedata.category(c) != "Cf")
    )
    flat = unicodedata.normalize("NFKD", seen.casefold().replace("ø", "o"))
    letters = re.sub(r"[^a-z]", "", flat)
    marks = re.sub(r"\s", "", flat)
    dense = re.sub(r"[^a-z0-9@.()\[\]:]", "", marks)
    found = [core for core in CORES if core in letters]
    return found + [rest for rest in ADDRESSES.values() if rest in dense or rest in marks]
