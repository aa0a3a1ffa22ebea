"""The settings file of a small programme, for tests that need a folder and little else."""

from collections.abc import Mapping


def programme_file(forms: Mapping[str, str], *, base_url: str = "", retries: int = 0) -> str:
    """A winloss.toml of forms without invitations (id -> kind), read in a hurry."""
    tables = "".join(
        f'\n[[typeform.forms]]\nid = "{form_id}"\nkind = "{kind}"\nsigned = false\n'
        for form_id, kind in forms.items()
    )
    where = f'base_url = "{base_url}"\n' if base_url else ""
    return (
        'company = "Harbourline"\n\n'
        f"[typeform]\n{where}requests_per_second = 10000\nbackoff_seconds = 0\n"
        f"retries = {retries}\n{tables}"
    )
