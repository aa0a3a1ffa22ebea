"""A phrase that a pattern matches: one way through its words."""

import re

_TOKEN = re.compile(r"\s*(\(|\)[?*]?|\||\.{2,3}|[^\s()|]+)")


def phrase(pattern: str, choice: int = 0) -> str:
    """The words of a pattern, with the alternatives number `choice` and nothing that may lack."""
    tokens = _TOKEN.findall(pattern)
    words, rest = _sequence(tokens, choice)
    assert rest == []
    return " ".join(words)


def _sequence(tokens: list[str], choice: int) -> tuple[list[str], list[str]]:
    words: list[str] = []
    while tokens and tokens[0][0] not in "|)":
        token, tokens = tokens[0], tokens[1:]
        if token == "(":
            inside, tokens = _bracket(tokens, choice)
            words += inside
        elif token == "#":
            words.append("three")
        elif token not in {"..", "..."}:
            words.append(token.rstrip("*") or "thing")
    return words, tokens


def _bracket(tokens: list[str], choice: int) -> tuple[list[str], list[str]]:
    option, tokens = _sequence(tokens, choice)
    options = [option]
    while tokens[0] == "|":
        option, tokens = _sequence(tokens[1:], choice)
        options.append(option)
    is_there = tokens[0] == ")"
    return options[choice % len(options)] if is_there else [], tokens[1:]
