"""Edits the text of a settings file with tomlkit, which keeps its comments and its layout."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, Comment, InlineTable, Item, Table, Whitespace

from winloss.errors import SettingsError

_BARE_NEWLINE = re.compile(r"(?<!\r)\n")
_INDENTED = re.compile(r"\n([ \t]*)[^\s\]]")


def table(wanted: Mapping[str, Any], notes: Mapping[str, str] = {}) -> str:
    """The `[[typeform.forms]]` table of one form, as a person would write it.

    `notes` are put beside the questions as comments, by their refs.
    """
    entry = tomlkit.table()
    for name, value in wanted.items():
        if value or not isinstance(value, Mapping):
            entry[name] = _block(value) if isinstance(value, Mapping) else value
    _annotate(entry, notes)
    document, forms = tomlkit.document(), tomlkit.aot()
    forms.append(entry)
    parent = tomlkit.table(is_super_table=True)
    parent["forms"] = forms
    document["typeform"] = parent
    return document.as_string()


def edited(old: str, wanted: Mapping[str, Any], target: Path, notes: Mapping[str, str] = {}) -> str:
    """The text with the form in it; all its line ends like those it had."""
    try:
        document = tomlkit.parse(old)
    except TOMLKitError as error:
        raise SettingsError(f"{target} is not valid TOML: {error}.") from error
    parent: Any = document.get("typeform", {})
    forms: Any = parent.get("forms", []) if isinstance(parent, Mapping) else None
    if not isinstance(forms, list):
        raise SettingsError(f"{target}: typeform.forms is no list of tables; write it as one.")
    known = [entry for entry in forms if identity(entry) == wanted["id"]]
    if len(known) > 1:
        raise SettingsError(
            f"{target} names the form {wanted['id']} twice; take one of the two out first."
        )
    if known:
        _bring_up_to_date(known[0], wanted, notes)
    elif isinstance(forms, Array):
        _append(forms, _inline(wanted))
    elif isinstance(parent, InlineTable):
        parent["forms"] = tomlkit.array()
        parent["forms"].append(_inline(wanted))
    else:
        # As text at the end: tomlkit would move the comments of the table that follows.
        text = document.as_string()
        new = table(wanted, notes)
        return _like(old, f"{text.rstrip()}\n\n{new}" if text.strip() else new)
    return _like(old, document.as_string())


def identity(entry: object) -> object:
    """The id of a form's table; None where it has none."""
    return entry.get("id") if isinstance(entry, Mapping) else None


def _bring_up_to_date(
    entry: Table | InlineTable, wanted: Mapping[str, Any], notes: Mapping[str, str]
) -> None:
    """Set what is wanted, leave the rest, and keep below it the comments of what follows."""
    tail = _without_tail(entry)
    _merge(entry, wanted, is_whole=False)
    _annotate(entry, notes)
    last = _last(entry)
    for item in tail:
        last.append(None, item)


def _merge(entry: Table | InlineTable, wanted: Mapping[str, Any], *, is_whole: bool) -> None:
    """Key by key, so that comments beside the keys stay; an empty mapping goes."""
    as_item = _inline if isinstance(entry, InlineTable) else _block
    for name in [name for name in entry if is_whole and name not in wanted]:
        entry.remove(name)
    for name, value in wanted.items():
        known = entry.get(name)
        if isinstance(value, Mapping):
            if value and isinstance(known, Table | InlineTable):
                _merge(known, value, is_whole=True)
            elif value:
                entry[name] = as_item(value)
            elif known is not None:
                entry.remove(name)
        elif known != value:
            entry[name] = value


def _without_tail(entry: Table | InlineTable) -> list[Item]:
    """Take out the comments at the end, which tomlkit counts to the table they stand after."""
    body = _last(entry).value.body
    kept = len(body)
    while kept and isinstance(body[kept - 1][1], Comment | Whitespace):
        kept -= 1
    tail = [item for _, item in body[kept:]]
    del body[kept:]
    return tail


def _last(entry: Table | InlineTable) -> Table | InlineTable:
    """The table that is written last: the entry, or the deepest of those under it."""
    below = [
        item
        for key, item in entry.value.body
        if isinstance(item, Table) and key is not None and not key.is_dotted()
    ]
    return _last(below[-1]) if below else entry


def _annotate(entry: Table | InlineTable, notes: Mapping[str, str]) -> None:
    """Put notes beside the questions that have no comment yet; one-line tables hold none."""
    questions = entry.get("questions")
    for ref, note in notes.items():
        item = questions.get(ref) if isinstance(questions, Table) else None
        text = "".join(filter(str.isprintable, note)).strip()
        if isinstance(item, Item) and text and not item.trivia.comment:
            item.comment(text)


def _append(forms: Array, entry: Item) -> None:
    """Add to an inline array, on a line of its own where the others have one."""
    line = _INDENTED.search(forms.as_string())
    if line:
        forms.add_line(entry, indent=line[1])
    else:
        forms.append(entry)


def _block(values: Mapping[str, Any]) -> Item:
    """Nested tables under headers; a table of tables needs no header of its own."""
    is_parent = all(isinstance(value, Mapping) for value in values.values())
    made = tomlkit.table(is_super_table=is_parent)
    for name, value in values.items():
        made[name] = _block(value) if isinstance(value, Mapping) else value
    return made


def _inline(values: Mapping[str, Any]) -> Item:
    made = tomlkit.inline_table()
    for name, value in values.items():
        if value or not isinstance(value, Mapping):
            made[name] = _inline(value) if isinstance(value, Mapping) else value
    return made


def _like(old: str, new: str) -> str:
    """Windows line ends where every line had one."""
    is_windows = "\r\n" in old and not _BARE_NEWLINE.search(old)
    return _BARE_NEWLINE.sub("\r\n", new) if is_windows else new
