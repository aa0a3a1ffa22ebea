"""People and the coder: sheets to look over, and what people said of them."""

from winloss.reviewing.exporting import Exported, export
from winloss.reviewing.importing import Taken, take
from winloss.reviewing.sampling import Wanted, Way

__all__ = ["Exported", "Taken", "Wanted", "Way", "export", "take"]
