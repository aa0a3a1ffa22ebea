"""How their words were read: by people, by what was learned from them, by rules, or not at all."""

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/coverage_coding.sql"
MANY = 0.5
"""The share of answers left open from which on a mail says so: the rest is then the lesser part."""

_WAYS = {
    "people": "by people",
    "model": "by what was learned from people",
    "rules": "by rules",
    "nothing": "read, and nothing named that the codebook knows",
    "unsure": "left open: too unsure to say",
    "language": "left open: in another language",
}
_LEFT = ("unsure", "language")
_LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def panel(coding: pl.DataFrame, weeks: int) -> Panel | None:
    """How many answers were read in which way, and how many a person should look at.

    `coding` is one row per way and language. None where nobody wrote anything.
    """
    total = int(coding["verbatim_count"].sum())
    if not total:
        return None
    return Panel(
        "reading",
        "How their words were read",
        tuple(_line(way, said, coding, total) for way, said in _WAYS.items()),
        ("read", "answers in words", "to be looked at by a person"),
        f"About exits, of the last {weeks} weeks. Of words left open the tick alone counts, where "
        "there is one. To have a sheet of what is to be looked at, run winloss review export.",
    )


def _line(way: str, said: str, coding: pl.DataFrame, total: int) -> Line:
    rows = coding.filter(pl.col("read_by") == way)
    count, open_count = (int(rows[f"{what}_count"].sum()) for what in ("verbatim", "review"))
    figure = numbers.figure(said, count, total, QUERY)
    review = numbers.figure(f"{said}, to be looked at", open_count, count, QUERY)
    return Line(said, (Cell(numbers.spoken(figure), figure), Cell(str(open_count), review)))


def languages(coding: pl.DataFrame) -> str:
    """What becomes of answers in other languages, in a sentence; empty where there are none."""
    rows = _left(coding, ("language",)).group_by("language").agg(pl.col("verbatim_count").sum())
    counts = rows.sort("verbatim_count", "language", descending=[True, False]).rows()
    if not counts:
        return ""
    total = sum(count for _, count in counts)
    first, *others = counts
    parts = [f"{wording.counted(first[1], 'answer')} in {_language(first[0])}"]
    parts += [f"{wording.number(count)} in {_language(code)}" for code, count in others]
    if total == 1:
        return (
            f"{wording.sentence(parts[0])} was counted and may be quoted, not read for reasons; "
            "its tick counts."
        )
    return (
        f"{wording.sentence(wording.listed(parts))} were counted and may be quoted, not read for "
        "reasons; their ticks count."
    )


def uncoded(coding: pl.DataFrame) -> str:
    """How many answers were left open, where they are many enough to change what was found."""
    total = int(coding["verbatim_count"].sum())
    left = int(_left(coding, _LEFT)["verbatim_count"].sum())
    if total < numbers.PERCENT_FROM or left < MANY * total:
        return ""
    return (
        f"In {wording.number(left)} of {total:,} answers in words no reason is sure; people can "
        "settle them: winloss review export."
    )


def held_back(count: int, period: str) -> str:
    """How many answers are quoted by nobody until somebody has looked; empty where none is."""
    if not count:
        return ""
    are = "is" if count == 1 else "are"
    return (
        f"{wording.sentence(wording.counted(count, 'answer'))} {period} may hold the name of "
        f"somebody we do not know, and {are} not quoted with it until a person has looked: winloss "
        "review export lists those in English, with --all-languages the others too."
    )


def _left(coding: pl.DataFrame, ways: tuple[str, ...]) -> pl.DataFrame:
    return coding.filter(pl.col("read_by").is_in(ways))


def _language(code: str) -> str:
    return _LANGUAGES.get(code, f"another language ({code})")
