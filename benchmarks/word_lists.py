"""Makes the word lists by which quotes tell a stranger's name from an everyday word.

    python benchmarks/word_lists.py FAKER DICTIONARIES

FAKER is the folder of an installed `faker` (MIT), from which the names of persons come.
DICTIONARIES is a folder with Debian's `american-english-small` and `british-english-small`, and
with `american-english` and `british-english` (packages wamerican-small, wbritish-small, wamerican
and wbritish; made of SCOWL, whose notice NOTICE.txt beside the lists repeats).
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from winloss.quotes.spelling import folded

LISTS = Path(__file__).parent.parent / "src" / "winloss" / "quotes" / "lists"
GIVEN_LOCALES = (
    "cs_CZ da_DK de_DE en_GB en_IE en_IN en_NZ en_US es_ES fi_FI fr_FR hr_HR hu_HU it_IT nl_NL "
    "no_NO pl_PL pt_PT ro_RO sv_SE tr_TR"
)
FAMILY_LOCALES = "de_DE en_GB en_IE en_IN en_US es_ES fr_FR it_IT nl_NL sv_SE"


def names(kind: str, locales: str) -> Iterator[str]:
    """Every name of the kind (`first_names` or `last_names`) that Faker knows there."""
    for locale in locales.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind):
                yield from getattr(provider, attribute)


def dictionary(folder: Path, size: str) -> set[str]:
    """The words of both spellings of English, without possessives."""
    files = (folder / f"{spelling}-english{size}" for spelling in ("american", "british"))
    words = (word for file in files for word in file.read_text(encoding="utf-8").split())
    return {word for word in words if "'" not in word}


def single(words: Iterator[str] | set[str]) -> set[str]:
    """Folded words of two letters or more, without those of several parts."""
    parts = {folded(word) for word in words}
    return {each[0] for each in parts if len(each) == 1 and len(each[0]) > 1}


def write(name: str, said: str, words: set[str]) -> None:
    """One list: a line that says what it is, then a word a line."""
    text = "\n".join([f"# {said} See NOTICE.txt.", *sorted(words)])
    (LISTS / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(words)} words")


def main(faker: Path, dictionaries: Path) -> None:
    """Write the four lists."""
    sys.path.insert(0, str(faker.parent))
    everyday = {word for word in dictionary(dictionaries, "-small") if word[0].islower()}
    given = single(names("first_names", GIVEN_LOCALES))
    family = single(names("last_names", FAMILY_LOCALES))
    write("given", "Given names of persons, from Faker.", given)
    write("family", "Family names, from Faker.", family)
    write(
        "everyday", "Common words of English that are written small, from SCOWL.", single(everyday)
    )
    write(
        "rarer",
        "Rarer words of English and those that are written with a capital, from SCOWL.",
        single(dictionary(dictionaries, "")) - single(everyday),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
