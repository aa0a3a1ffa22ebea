"""Shows a form as one page that a person reads before it is published."""

import webbrowser
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from winloss import render, settings
from winloss.surveying.our_pages import of_kind
from winloss.surveying.their_pages import of_typeform
from winloss.surveying.writing import write_whole
from winloss.typeform.api.client import Client

_out = Console(soft_wrap=True, highlight=False)


def preview(
    home: Path, kind: str, target: Path | None, *, form_id: str = "", is_opened: bool = False
) -> None:
    """Write the page and print where it lies: `<kind>.html` here, unless a file is named.

    With `form_id` it is the form as it is at Typeform today; only then are settings read.
    Raises FormError for a kind without a form and a file that cannot be written.
    """
    if form_id:
        programme = settings.read(home)
        with Client(programme.typeform, programme.typeform_token.get_secret_value()) as client:
            page = of_typeform(client.definition(form_id))
    else:
        page = of_kind(kind)
    path = target or Path(f"{form_id or kind}.html")
    write_whole(path, render.environment().get_template("preview/body.html.j2").render(form=page))
    _out.print(escape(str(path)))
    if is_opened:
        webbrowser.open(path.resolve().as_uri())
