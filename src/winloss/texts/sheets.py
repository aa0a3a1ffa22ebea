"""Reads a CSV file of texts row by row, however large, and refuses what is none in one line."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from winloss import wording
from winloss.errors import CodingError

_MOST_NAMED = 8
_SHOWN = 60


class Sheet:
    """One CSV file with a header, read anew each time its rows are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises CodingError for a file that is not there, or has no header."""
        if not path.is_file():
            raise CodingError(f"There is no file {path}; check where it lies, and its name.")
        self.path = path
        with self._lines() as lines:
            header = next(lines, [])
        self.header = tuple(cell.strip() for cell in header)
        if not any(self.header):
            raise CodingError(
                f"{path} is empty; it needs a header such as id,text and a row for each text."
            )

    def column(self, name: str, option: str = "") -> str:
        """The name of a column that must be there; `option` is how to name it otherwise.

        Raises CodingError where it is missing or there twice.
        """
        count = self.header.count(name)
        if count == 1:
            return name
        if len(self.header) == 1 and ";" in self.header[0]:
            raise CodingError(
                f"The columns of {self.path} are separated by “;”; save it with commas instead."
            )
        if count:
            raise CodingError(f"{self.path} has the column {name!r} twice; rename one of them.")
        has = wording.listed(
            [repr(wording.plain(each, _SHOWN)) for each in self.header], most=_MOST_NAMED
        )
        to_do = f"name the one meant, the same in every file, with {option}" if option else "add it"
        raise CodingError(f"{self.path} has no column {name!r} but {has}; {to_do}.")

    def rows(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The number of each row, as a spreadsheet counts, and its cells in these columns.

        A column that is not there is empty, a row without any cell filled is left out. Raises
        CodingError for a row whose cells are not as many as the header's.
        """
        places = [self.header.index(name) if name in self.header else None for name in columns]
        with self._lines() as lines:
            next(lines, None)
            for row, cells in enumerate(lines, start=2):
                if not any(cells):
                    continue
                if len(cells) != len(self.header):
                    raise CodingError(
                        f"{self.path} row {row} has {wording.counted(len(cells), 'cell')}, the"
                        f" header has {len(self.header):,}; put quotes around a text with commas."
                    )
                yield row, tuple("" if place is None else cells[place] for place in places)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[list[str]]]:
        # A cell may hold megabytes; the module's limit is one for the whole process.
        limit = csv.field_size_limit(sys.maxsize)
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield csv.reader(file, strict=True)
        except UnicodeDecodeError as error:
            raise CodingError(
                f"{self.path} is not written in UTF-8; save it as “CSV UTF-8”."
            ) from error
        except csv.Error as error:
            raise CodingError(
                f"{self.path} cannot be read as CSV ({error}); save it anew, with quotes around"
                " a text that holds quotes or commas."
            ) from error
        except OSError as error:
            raise CodingError(
                f"{self.path} cannot be read ({error.strerror}); check that you may read it."
            ) from error
        finally:
            csv.field_size_limit(limit)
