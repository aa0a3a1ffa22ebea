"""Asks the published copy: one question from the command line, or many at a prompt."""

from winloss.querying.asking import Asked, asked, examples
from winloss.querying.writing import FORMATS, Format, format_of, write, write_all

__all__ = ["FORMATS", "Asked", "Format", "asked", "examples", "format_of", "write", "write_all"]
