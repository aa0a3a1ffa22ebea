"""Typeform keeps responses in one of its data centres; the others answer as if there were none."""

from urllib.parse import urlsplit

from winloss.errors import TypeformRefused
from winloss.typeform.api.parsing import tolerant

_HOSTS = {"api.typeform.com", "api.eu.typeform.com", "api.typeform.eu"}
"""typeform.com/developers/get-started/responses-data-center."""


def is_centre(base_url: str) -> bool:
    """Whether the address is one of Typeform's own, and not a gateway or a loopback."""
    return urlsplit(base_url).hostname in _HOSTS


def check_data_centre(definition: bytes, form_id: str, base_url: str) -> None:
    """Refuse Typeform's wrong data centre, which would answer with no responses at all.

    A form that does not say where its responses are kept, or names another host than
    Typeform's own, is taken at its word. Raises TypeformRefused naming the setting.
    """
    found = tolerant(definition)
    links = found.get("_links") if isinstance(found, dict) else None
    said = links.get("responses") if isinstance(links, dict) else None
    kept, asked = _host(said), _host(base_url)
    if kept != asked and {kept, asked} <= _HOSTS:
        raise TypeformRefused(
            f"The responses of form {form_id} are kept at {kept}, not at {asked}. "
            f'Set typeform.base_url = "https://{kept}" in winloss.toml.'
        )


def _host(address: object) -> str | None:
    try:
        return urlsplit(address if isinstance(address, str) else "").hostname
    except ValueError:
        return None
