"""The walk through a form's pages, newest first, each page asked for by its neighbour's name.

It ends where nothing is left, not where a count says so: `page_count` and `total_items` have
lied to other clients, and a short page proves nothing where the server caps the size.
"""

from collections.abc import Callable, Iterator

from winloss.errors import TypeformError
from winloss.typeform.api.judging import BadRequest
from winloss.typeform.api.page import Page

Ask = Callable[[str], Page]

_NAMES_TRIED = 3
_FRESH_STARTS = 2


class Walk:
    """One walk; holds one page and one name a page, however many pages there are.

    A response may come twice; whoever lands them decides by content.
    """

    def __init__(self, ask: Ask, about: str, page_size: int) -> None:
        """`ask` gives the page behind a name, and the first page for ""."""
        self._ask = ask
        self._about = about
        self._page_size = page_size
        self._begin()

    def pages(self) -> Iterator[Page]:
        """Every page with something on it.

        Where the name asked by is forgotten (the response was deleted meanwhile), its
        neighbours' names are tried, and then the walk begins anew, twice at most. Raises
        TypeformError where going on would lose responses without a word, or never end.
        """
        page = self._behind_name("")
        starts = 0
        while page.names:
            yield page
            self._remember(page)
            if self._is_last(page):
                return
            following = self._behind(page)
            if following is None:
                if starts == _FRESH_STARTS:
                    raise self._circle()
                starts += 1
                self._begin()
                following = self._behind_name("")
            page = following

    def _begin(self) -> None:
        self._cursors: set[str] = set()
        self._told_count = 0
        self._item_count = 0
        self._largest = 0

    def _remember(self, page: Page) -> None:
        if not self._item_count:
            self._told_count = page.total_count or 0
        self._item_count += len(page.names)
        self._largest = max(self._largest, len(page.names))

    def _is_last(self, page: Page) -> bool:
        """Whether a page that names nothing to go on from may be taken for the end."""
        if page.named:
            return False
        if 0 < self._told_count <= self._item_count or len(page.names) < self._largest:
            return True
        raise TypeformError(
            f"A page of {self._about} names none of its responses; the next page cannot be "
            "asked for. Check typeform.base_url."
        )

    def _behind(self, page: Page) -> Page | None:
        """The page that follows, or nothing where every name leads back."""
        refusal: BadRequest | None = None
        for cursor in page.named[: -_NAMES_TRIED - 1 : -1]:
            self._cursors.add(cursor)
            try:
                following = self._behind_name(cursor)
            except BadRequest as error:
                refusal = error
                continue
            if following.named == [cursor] and len(following.names) < self._page_size:
                # A server that counts the name asked by as part of the page.
                return _nothing(following)
            # Page one again, or any other that ends where we have been.
            if not following.named or following.named[-1] not in self._cursors:
                return following
            refusal = None
        if refusal is not None:
            raise refusal
        return None

    def _behind_name(self, cursor: str) -> Page:
        """The page; an empty one is asked for again where more was told of than came."""
        page = self._ask(cursor)
        told_count = self._told_count if self._item_count else page.total_count or 0
        if page.names or self._item_count >= told_count:
            return page
        return self._ask(cursor)

    def _circle(self) -> TypeformError:
        return TypeformError(
            f"Typeform gives the same page of {self._about} again and again; older responses "
            "cannot be reached. Check typeform.base_url, then pull again."
        )


def _nothing(page: Page) -> Page:
    return Page(page.body, (), page.total_count, ())
