"""Puts their columns and values under our names: text in, text out, nothing typed yet."""

from dataclasses import dataclass

import polars as pl

from winloss.crm.records import Records
from winloss.crm.shape import Shape
from winloss.crm.told import LINE
from winloss.errors import CrmError
from winloss.settings import CrmFile

__all__ = ["LINE", "Mapped", "apply"]

_EXCEL_TEXT = r'^="((?:[^"]|"")*)"$'
"""How a sheet is made to keep the zeros of `="0012"`: a formula that is nothing but text."""


@dataclass(frozen=True)
class Mapped:
    """A file under our names."""

    frame: pl.DataFrame
    """`at_line` and every column of the shape as trimmed text, null where empty."""
    absent: tuple[str, ...]
    """Columns that the settings promise and the file does not have."""


def apply(records: Records, shape: Shape, file: CrmFile) -> Mapped:
    """Choose and rename columns, fill in constants, translate values.

    Raises CrmError for a setting that names no column of ours, a header that stands twice,
    and a needed column the file does not have.
    """
    _check_names(shape, file)
    places = _places(records.header, shape, file)
    columns = list(zip(*records.rows, strict=True)) or [()] * len(records.header)
    chosen = {name: columns[place] for name, place in places.items()}
    frame = pl.DataFrame(
        {LINE: pl.Series(records.lines, dtype=pl.Int64)}
        | {name: pl.Series(chosen[name], dtype=pl.String) for name in chosen},
    ).with_columns(
        pl.lit(file.constants.get(name), pl.String).alias(name)
        for name in shape.columns
        if name not in chosen
    )
    absent = tuple(name for name in file.columns if name not in places)
    return Mapped(_translated(frame, shape, file).select(LINE, *shape.columns), absent)


def _check_names(shape: Shape, file: CrmFile) -> None:
    for setting in ("columns", "values", "constants"):
        for name in getattr(file, setting):
            if name not in shape.columns:
                ours = ", ".join(shape.columns)
                raise CrmError(
                    f"crm.{shape.entity}.{setting} names {name!r}, which is no column of ours; "
                    f"ours are {ours}."
                )
    for name in sorted(file.columns.keys() & file.constants.keys()):
        raise CrmError(
            f"crm.{shape.entity} gives {name!r} both a column and a constant; keep one of them."
        )


def _places(header: tuple[str, ...], shape: Shape, file: CrmFile) -> dict[str, int]:
    places = {}
    for name in shape.columns:
        wanted = file.columns.get(name, name).strip()
        if name in file.constants:
            continue
        if header.count(wanted) > 1:
            raise CrmError(
                f"{file.path} has {header.count(wanted)} columns {wanted!r}; rename all but "
                f"the one that is {name}."
            )
        if wanted in header:
            places[name] = header.index(wanted)
        elif name in shape.required:
            raise CrmError(_missing(name, wanted, header, shape, file))
    return places


def _missing(name: str, wanted: str, header: tuple[str, ...], shape: Shape, file: CrmFile) -> str:
    found = ", ".join(title for title in header if title.isprintable())
    hint = f"set crm.{shape.entity}.columns.{name} to one of them"
    if not all(title.isprintable() for title in header):
        hint = f"the header is not readable as {file.encoding}, so set crm.{shape.entity}.encoding"
    elif len(header) == 1:
        hint += f", or crm.{shape.entity}.separator if that is not {file.separator!r}"
    return f"{file.path} has no column {wanted!r} for {name}. It has: {found}; {hint}."


def _translated(frame: pl.DataFrame, shape: Shape, file: CrmFile) -> pl.DataFrame:
    """Values are matched trimmed and whatever their case; an empty one can be matched too."""
    given = file.values
    return frame.with_columns(
        _trimmed(name) if name not in given else _looked_up(name, given[name])
        for name in shape.columns
    ).with_columns(_null_if_empty(name) for name in shape.columns)


def _trimmed(name: str) -> pl.Expr:
    """Without outer blanks and Excel's `="…"`."""
    bare = pl.col(name).str.strip_chars()
    return (
        pl.when(bare.str.contains(_EXCEL_TEXT))
        .then(bare.str.extract(_EXCEL_TEXT).str.replace_all('""', '"', literal=True))
        .otherwise(bare)
        .str.strip_chars()
    )


def _looked_up(name: str, values: dict[str, str]) -> pl.Expr:
    known = {theirs.strip().lower(): ours.strip() for theirs, ours in values.items()}
    theirs = _trimmed(name).fill_null("")
    return theirs.str.to_lowercase().replace_strict(known, default=theirs, return_dtype=pl.String)


def _null_if_empty(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))
