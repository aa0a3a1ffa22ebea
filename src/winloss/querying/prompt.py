"""A prompt for SQL: history, completion, and a few commands that begin with a dot."""

import cmd
import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from winloss.errors import WinLossError
from winloss.querying.asking import bare, example, examples
from winloss.querying.describing import print_examples, print_relation, print_relations
from winloss.querying.history import History, of_this_person
from winloss.querying.writing import ENDINGS, FORMATS, Format, format_of, write_all
from winloss.warehouse.analysing import Analyst, is_empty, is_whole

_HELP = """\
End a query with ; and it is asked, over as many lines as you like.

.tables          every table, and what one row of it is
.schema NAME     the columns of a table, and what they mean
.examples        the questions that analysts start from
.example NAME    the query of one of them, and its answer; NAME alone does the same
.format NAME     how answers are shown from here on: table, csv or json
.out FILE        the next answer goes to a file: .csv, .json, .parquet or .txt
.help            this
.quit            the end; so is Ctrl-D
"""
_KEYWORDS = (
    *("select", "from", "where", "group by", "order by", "having", "limit", "inner join"),
    *("left join", "using", "count(*)", "filter (where", "distinct", "between", "is not null"),
)
_UNDOTTED = ("quit", "exit", "help")


class Prompt(cmd.Cmd):
    """Asks one open copy, line by line, until `.quit` or the end of the input."""

    prompt = "winloss> "

    def __init__(self, analyst: Analyst, width: int, is_stale: Callable[[], bool]) -> None:
        """`is_stale` says whether a newer copy has been published since this one was opened."""
        super().__init__()
        self._analyst = analyst
        self._history = History(of_this_person(), self._words(analyst))
        self._width = width
        self._is_stale = is_stale
        self._format: Format = "table"
        self._out: Path | None = None
        self._lines: list[str] = []
        self._is_asking = False

    def run(self) -> None:
        """Read and answer; an error is one line, and the next query is read."""
        with self._history:
            while True:
                try:
                    self.cmdloop()
                except KeyboardInterrupt:
                    # The prompt stands on a line of its own.
                    print("\nstopped" if self._is_asking else "")  # noqa: T201
                    self._forget()
                else:
                    return

    def onecmd(self, line: str) -> bool:
        """Take one line: a command, or a part of a query; True at the end of the input."""
        if line == "EOF":
            print()  # noqa: T201
            return True
        try:
            return self._take(line)
        except WinLossError as error:
            self._forget()
            print(error)  # noqa: T201
            return False

    def complete(self, text: str, state: int) -> str | None:  # type: ignore[override]
        """The next word that `text` may become."""
        return self._history.complete(text, state)

    def _take(self, line: str) -> bool:
        if not self._lines:
            words = bare(line)
            if words.startswith(".") or words.casefold() in _UNDOTTED:
                return self._command(f".{words.removeprefix('.')}")
            if words in examples():
                self._show_example(words)
                return False
        self._lines.append(line)
        query = "\n".join(self._lines)
        if is_whole(query):
            self._forget()
            self._ask(query)
        elif is_empty(query):
            self._forget()
        else:
            self.prompt = "    ...> "
        return False

    def _forget(self) -> None:
        self._lines, self.prompt, self._is_asking = [], Prompt.prompt, False

    def _ask(self, query: str) -> None:
        if self._is_stale():
            print("A newer copy has been published; .quit and come back to see it.")  # noqa: T201
        self._is_asking = True
        out, self._out = self._out, None
        form = format_of(out) if out else self._format
        answers = self._analyst.answers(query)
        self._analyst.stoppably(lambda: write_all(answers, form, out, width=self._width))
        self._is_asking = False
        if out is not None:
            print(f"written to {out}")  # noqa: T201

    def _command(self, line: str) -> bool:
        name, *rest = _parted(line)
        name, words = name.casefold(), " ".join(rest)
        known: dict[str, Callable[[], None]] = {
            ".tables": lambda: print_relations(self._analyst.relations()),
            ".schema": lambda: print_relation(self._analyst.relations(), words),
            ".examples": print_examples,
            ".example": lambda: self._show_example(words),
            ".format": lambda: self._set_format(words),
            ".out": lambda: self._set_out(words),
            ".help": lambda: print(_HELP, end=""),  # noqa: T201
        }
        if name in (".quit", ".exit"):
            return True
        if name in known:
            known[name]()
        else:
            print(f"There is no {name}; .help says what there is.")  # noqa: T201
        return False

    def _show_example(self, name: str) -> None:
        found = example(name, "See them all with .examples.")
        print(f"{found.query.rstrip()}\n")  # noqa: T201
        self._ask(found.query)

    def _set_format(self, name: str) -> None:
        if name not in FORMATS or name == "parquet":
            print("Name table, csv or json; for Parquet: .out FILE.parquet")  # noqa: T201
            return
        self._format = next(each for each in FORMATS if each == name)

    def _set_out(self, name: str) -> None:
        path = Path(name).expanduser()
        if path.suffix.casefold() in ENDINGS:
            self._out = path
        else:
            print(f"Name a file that ends with {', '.join(ENDINGS)}.")  # noqa: T201

    @staticmethod
    def _words(analyst: Analyst) -> list[str]:
        relations = analyst.relations()
        columns = {column.name for each in relations for column in each.columns}
        names = {each.name for each in relations} | {each.table for each in relations}
        commands = (line.split()[0] for line in _HELP.splitlines() if line.startswith("."))
        return sorted({*_KEYWORDS, *columns, *names, *examples(), *commands})


def _parted(line: str) -> list[str]:
    with suppress(ValueError):
        return shlex.split(line)
    return line.split()
