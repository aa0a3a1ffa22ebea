"""Surveys before anybody answers them: map a form of one's own, look at ours, make the links."""

from winloss.surveying.linking import links
from winloss.surveying.mapping import map_form
from winloss.surveying.previewing import preview

__all__ = ["links", "map_form", "preview"]
