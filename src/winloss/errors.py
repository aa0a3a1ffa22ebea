"""What can go wrong, named, with what to do next.

    WinLossError
    ├── SettingsError        winloss.toml or the environment is wrong
    ├── TypeformError        Typeform could not be read
    │   ├── TypeformRefused      a token, a scope or a request it will not accept
    │   ├── TypeformMissing      a form that is not there (any more)
    │   └── TypeformUnreachable  no useful answer after bounded retries
    ├── CrmError             a CRM, or a file of it, cannot be used (bad rows are set aside instead)
    │   └── CrmUnreachable       no useful answer after bounded retries
    ├── FormError            a form or a mapping as code that contradicts itself
    ├── CodebookError        a codebook that contradicts itself
    ├── CodingError          texts that cannot be read for coding, or a layer that is not installed
    ├── ReviewError          a review sheet that cannot be made or taken back
    ├── WarehouseError       the DuckDB file
    │   ├── WarehouseBusy        another process writes it
    │   └── CheckFailed          a check in sql/checks/stop or printed found rows
    ├── ActionError          an action that could not be kept track of
    ├── QuoteError           a quote that is not a slice of what the customer wrote
    └── DeliveryError        an e-mail that was certainly not handed over
        └── UncertainDelivery    an e-mail the server may have taken

A message says what failed, on what, and what to do next. Foreign exceptions are translated
once, at the border, `from` their cause. Only the command line catches `WinLossError`.
"""


class WinLossError(Exception):
    """Anything a user can be told in one line."""


class SettingsError(WinLossError):
    """A setting is missing or wrong."""


class TypeformError(WinLossError):
    """Typeform could not be read."""


class TypeformRefused(TypeformError):
    """Typeform answered, and said no."""


class TypeformMissing(TypeformError):
    """The form does not exist (any more)."""


class TypeformUnreachable(TypeformError):
    """No useful answer came after bounded retries."""


class CrmError(WinLossError):
    """A CRM, or a file of it as a whole, cannot be used."""


class CrmUnreachable(CrmError):
    """No useful answer came after bounded retries."""


class FormError(WinLossError):
    """A form as code contradicts itself."""


class CodebookError(WinLossError):
    """A codebook contradicts itself."""


class CodingError(WinLossError):
    """Texts cannot be coded as asked."""


class ReviewError(WinLossError):
    """A review sheet cannot be made or taken back."""


class WarehouseError(WinLossError):
    """The DuckDB file cannot be used."""


class WarehouseBusy(WarehouseError):
    """Another process writes the warehouse."""


class CheckFailed(WarehouseError):
    """A stop check found rows; nothing was published or sent."""


class ActionError(WinLossError):
    """An action that could not be kept track of."""


class QuoteError(WinLossError):
    """A quote is not an exact slice of the stored answer."""


class DeliveryError(WinLossError):
    """An e-mail was certainly not handed over."""


class UncertainDelivery(DeliveryError):
    """The server may have taken the e-mail."""
