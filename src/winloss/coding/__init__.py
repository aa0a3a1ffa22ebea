"""Coding: what a customer's words are about, with the slice that says so."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winloss.coding.rules.coder import RuleCoder

__all__ = ["default_coder"]


def default_coder() -> "RuleCoder":
    """The rule coder with the codebook in sql/seeds; raises CodebookError if that is broken."""
    from winloss.coding.codebook import read
    from winloss.coding.rules.coder import RuleCoder

    return RuleCoder(read())
