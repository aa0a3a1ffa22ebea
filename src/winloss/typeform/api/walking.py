"""The walk through a form's pages, newest first, each page asked for by its neighbour's name.

It ends where nothing is left, not where a count says so: `page_count` and `total_items` have
lied to other clients, and a short page proves nothing where the server caps the size. Where
fewer came than were counted it looks again, and says so if it stays so.
"""

from collections import deque
from collections.abc import Callable, Iterator

from winloss.errors import TypeformError
from winloss.typeform.api.judging import BadRequest
from winloss.typeform.api.page import Page

Ask = Callable[[str], Page]

_NAMES_TRIED = 3
_FRESH_STARTS = 2


class Walk:
    """One walk; holds one page and every name, however many pages there are.

    Iterated once, it gives every page with something on it. A response may come twice;
    whoever lands them decides by content.
    """

    def __init__(
        self,
        ask: Ask,
        about: str,
        page_size: int,
        is_enough: Callable[[Page], bool] = lambda _: False,
    ) -> None:
        """`ask` gives the page behind a name, and the first page for ""."""
        self._ask = ask
        self._about = about
        self._page_size = page_size
        self._is_enough = is_enough
        self._given: set[str] = set()
        self.told_count = 0
        """How many responses match, as Typeform said on the first page."""
        self._begin()

    @property
    def given_count(self) -> int:
        """How many different responses came."""
        return len(self._given) + self._nameless_count

    @property
    def lacking_count(self) -> int:
        """How many more responses Typeform counted than it gave; known once the walk is over."""
        return max(0, self.told_count - self.given_count)

    def __iter__(self) -> Iterator[Page]:
        """The pages.

        Where the name asked by is forgotten (the response was deleted meanwhile) or nothing
        is behind it though more were counted, its neighbours' names are tried, and then the
        walk begins anew, twice at most. Raises TypeformError where older responses cannot be
        reached at all; what is lacking at the end is in `lacking_count`.
        """
        page = self._first()
        starts = 0
        while page.names:
            self._remember(page)
            yield page
            if self._is_enough(page) or self._is_last(page):
                return
            following = self._behind()
            if following is None and starts < _FRESH_STARTS:
                starts += 1
                following = self._first()
            if following is None:
                self._give_up()
                return
            page = following

    def _begin(self) -> None:
        self._cursors: set[str] = set()
        self._trail: deque[str] = deque(maxlen=_NAMES_TRIED)
        self._trouble: TypeformError | None = None
        self._item_count = 0
        self._nameless_count = 0
        self._largest = 0

    def _first(self) -> Page:
        """Page one; an empty one is asked for again where more was told of."""
        self._begin()
        page = self._ask("")
        if not page.names and (page.total_count or self.told_count):
            page = self._ask("")
        if page.names or not self._given:
            self.told_count = page.total_count or 0
        return page

    def _remember(self, page: Page) -> None:
        self._given.update(page.named)
        self._trail.extend(page.named)
        self._nameless_count += len(page.names) - len(page.named)
        self._item_count += len(page.names)
        self._largest = max(self._largest, len(page.names))

    def _is_last(self, page: Page) -> bool:
        """Whether a page that names nothing to go on from may be taken for the end."""
        if page.named:
            return False
        if 0 < self.told_count <= self._item_count or len(page.names) < self._largest:
            return True
        raise TypeformError(
            f"A page of {self._about} names none of its responses; the next page cannot be "
            "asked for. Check typeform.base_url."
        )

    def _behind(self) -> Page | None:
        """The page that follows, empty at the end; nothing where no name leads on."""
        last = self._trail[-1]
        ended: Page | None = None
        self._trouble = None
        for cursor in reversed(self._trail):
            self._cursors.add(cursor)
            try:
                following = self._behind_name(cursor, may_repeat=ended is None)
            except BadRequest as error:
                self._trouble = error
                continue
            if not following.names:
                if not self.lacking_count:
                    return following
                ended = ended or following
            elif not following.named or following.named[-1] not in self._cursors:
                return following
            elif ended and following.named[-1] == last:
                # The server knows both names, and nothing behind the last one.
                return self._counted_again(ended)
            elif not ended:
                # Page one again, or any other that ends where we have been.
                self._trouble = self._circle()
        if ended:
            self._trouble = None
        return None

    def _behind_name(self, cursor: str, *, may_repeat: bool) -> Page:
        """The page; an empty one is asked for again where more was told of than came."""
        page = self._ask(cursor)
        if not page.names and self.lacking_count and may_repeat:
            page = self._ask(cursor)
        # A server may count the name asked by as part of the page.
        is_itself = page.named == [cursor] and len(page.names) < self._page_size
        return Page(page.body, (), page.total_count, ()) if is_itself else page

    def _counted_again(self, ended: Page) -> Page:
        """The end; what was deleted while we walked is not lacking."""
        again = self._ask("").total_count
        self.told_count = self.told_count if again is None else min(again, self.told_count)
        return ended

    def _give_up(self) -> None:
        if self._trouble is not None:
            raise self._trouble

    def _circle(self) -> TypeformError:
        return TypeformError(
            f"Typeform gives the same page of {self._about} again and again; older responses "
            "cannot be reached. Check typeform.base_url, then pull again."
        )
