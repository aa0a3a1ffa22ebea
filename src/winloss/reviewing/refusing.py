"""Why a row is not taken."""

from winloss.errors import ReviewError


class RowError(ReviewError):
    """A row that cannot be taken: `cause` in a few words of ours, the message says what to do."""

    def __init__(self, cause: str, message: str) -> None:
        """Refuse a row for `cause`."""
        super().__init__(message)
        self.cause = cause
