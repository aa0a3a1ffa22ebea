"""Shows what coding a file came to, and what a codebook holds or lacks."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import running, texts, wording
from winloss.coding import codebook, hints
from winloss.coding.codebook import Codebook, Finding
from winloss.texts.labelled import Labelled
from winloss.typeform.surveys import forms

_MOST_SHOWN = 300
_WIDEST = 1_000

_out = Console(highlight=False)
if not _out.is_terminal:
    _out.width = _WIDEST  # a pipe has no width: nothing is folded there


def code(job: texts.Job) -> None:
    """Code a file and say in a line what came of it."""
    with running.progress("reading the texts"):
        done = texts.code(job)
    counts = done.counts
    _out.print(
        f"{wording.counted(counts.text_count, 'text')}: {counts.coded_count:,} coded,"
        f" {counts.review_count:,} to be looked at, {counts.foreign_count:,} in another language."
        f" Coded by the rules{_learned(job, done)}. {escape(str(job.out))}",
        soft_wrap=True,
    )


def _learned(job: texts.Job, done: texts.Coded) -> str:
    """Which further layers coded, and what they learned from."""
    if done.labels is None:
        return ""
    count = wording.counted(done.labels.text_count, "coded text")
    left_out = done.labels.left_out_count
    more = f" ({left_out:,} left out: their reason was retired or split)" if left_out else ""
    more += _repeated(done.labels)
    if not done.has_learned:
        return f"; {count}{more} teach too little"
    does = "decides" if done.labels.text_count >= job.decides_from else "adds"
    sentences = "with" if done.has_sentences else "without"
    return f" and a learner, which {does}, from {count}{more}, {sentences} the sentence model"


def _repeated(labels: Labelled) -> str:
    """How many coded texts say what another says word for word, and how many otherwise."""
    if not labels.repeated_count:
        return ""
    others = wording.counted(labels.repeated_count, "text")
    contrary = f", {labels.contrary_count:,} coded otherwise" if labels.contrary_count else ""
    return f" ({others} word for word another's{contrary}: the first id counts)"


def check(path: Path) -> bool:
    """Print everything wrong with a codebook, or what it holds; True when nothing is wrong."""
    findings = [*codebook.check(path)]
    if not findings:
        book = codebook.read(path)
        findings += codebook.check_sellers(path, book)
    if findings:
        _list(findings)
        _out.print(f"\n{wording.counted(len(findings), 'thing')} to mend.")
        return False
    _picture(path, book)
    worth = hints.hints(path, book, _ticked())
    if worth:
        _out.print("\nNothing is wrong. Worth a look:\n")
        _list(worth)
    else:
        _out.print("\nNothing is wrong.")
    return True


def _list(findings: Sequence[Finding]) -> None:
    """A table a file at a terminal; a line each elsewhere, for whatever reads lines."""
    if not _out.is_terminal:
        for each in findings:
            _out.print(escape(wording.plain(str(each), _MOST_SHOWN)), soft_wrap=True)
        return
    for file in dict.fromkeys(each.file for each in findings):
        _out.print(f"[bold]{escape(_plain(file))}[/bold]")
        table = Table.grid(padding=(0, 2))
        for each in (each for each in findings if each.file == file):
            where = "" if each.row is None else f"row\N{NO-BREAK SPACE}{each.row}"
            table.add_row(where, *(escape(_plain(cell)) for cell in (each.what, each.to_do)))
        _out.print(_folded(table))


def _folded(table: Table) -> Table:
    """The table with long words folded, not cut off."""
    for column in table.columns:
        column.overflow = "fold"
    return table


def _picture(path: Path, book: Codebook) -> None:
    """Families with their reasons, and how many terms speak for each."""
    families: dict[str, list[str]] = {}
    for code in book.given:
        families.setdefault(book.reasons[code].parent or "", []).append(code)
    named = [family for family in families if family]
    _out.print(_summary(path, book, len(named)), soft_wrap=True)
    first = 0 if named else 1
    columns = ("family", "reason", "called", "terms")[first:]
    table = Table(*columns, box=None, pad_edge=False)
    table.columns[-1].justify = "right"
    terms = Counter(term.reason for term in book.terms)
    for family, codes in families.items():
        for place, code in enumerate(codes):
            name = book.reasons[family].label if family and not place else ""
            cells = (name, code, book.reasons[code].label, f"{terms[code]:,}")[first:]
            table.add_row(*(escape(_plain(cell)) for cell in cells))
    _out.print(_folded(table))


def _summary(path: Path, book: Codebook, family_count: int) -> str:
    retired = sum(each.valid_to is not None for each in book.reasons.values())
    parts = [
        wording.counted(len(book.given), "reason"),
        *([f"in {wording.counted(family_count, 'family', 'families')}"] if family_count else []),
        *([f"{retired:,} retired"] if retired else []),
    ]
    source = codebook.terms_beside(path)
    has = f"from {source.name}" if source.exists() else "read from the labels and what they include"
    terms = wording.counted(len(book.terms), "term")
    return (
        f"[bold]{escape(str(path))}[/bold], version {book.version}\n"
        f"{', '.join(parts)}; {terms} {escape(has)}\n"
    )


def _ticked() -> frozenset[str]:
    """The reasons that the tick lists of our forms name."""
    return frozenset(
        choice
        for kind in forms.kinds()
        for screen in forms.form(kind).screens
        if screen != "block"
        for question in screen
        if question.asks == "chosen" or question.ref == "reason_ours"
        for choice in question.choices
    )


def _plain(text: str) -> str:
    return wording.plain(text, _MOST_SHOWN)
