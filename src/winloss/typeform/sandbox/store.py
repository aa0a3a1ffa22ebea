"""What the loopback Typeform knows: forms, their responses and their webhooks."""

import hashlib
import threading
from collections.abc import Iterator, Mapping

from winloss.typeform.sandbox.items import Json, Stored, stored, without


class Store:
    """Forms, responses and webhooks in memory; every method may be called from any thread."""

    def __init__(self) -> None:
        """An account without forms."""
        self._forms: dict[str, Json] = {}
        self._responses: dict[str, dict[str, Stored]] = {}
        self._webhooks: dict[str, dict[str, Json]] = {}
        self._change_count = 0
        self._id_count = 0
        self._lock = threading.RLock()

    def forms(self) -> list[Json]:
        """Every form's definition."""
        with self._lock:
            return list(self._forms.values())

    def form(self, form_id: str) -> Json | None:
        """One definition, or nothing when there is no such form (any more)."""
        with self._lock:
            return self._forms.get(form_id)

    def responses(self, form_id: str) -> list[Stored]:
        """Every response of a form, in no order."""
        with self._lock:
            return list(self._responses.get(form_id, {}).values())

    def response_count(self) -> int:
        """How many responses all forms have."""
        with self._lock:
            return sum(len(each) for each in self._responses.values())

    def change_count(self) -> int:
        """Grows with every change of a response: what was read at the same count still holds."""
        with self._lock:
            return self._change_count

    def response(self, form_id: str, token: str) -> Stored | None:
        """One response, or nothing when there is none of this name (any more)."""
        with self._lock:
            return self._responses.get(form_id, {}).get(token)

    def put_form(self, form_id: str, definition: Json) -> None:
        """Create or replace a form; questions left out lose their answers, as at Typeform."""
        with self._lock:
            kept = set(field_ids(definition))
            gone = set(field_ids(self._forms.get(form_id, {}))) - kept
            self._forms[form_id] = definition
            for each in self.responses(form_id):
                if each.answered & gone:
                    self.put(form_id, without(each.item, gone))

    def drop_form(self, form_id: str) -> None:
        """Delete a form with its responses and webhooks."""
        with self._lock:
            self._change_count += 1
            for kept in (self._forms, self._responses, self._webhooks):
                kept.pop(form_id, None)

    def put(self, form_id: str, response: Json | str) -> None:
        """Add or replace a response; text is served as it stands."""
        new = stored(response)
        with self._lock:
            self._change_count += 1
            self._responses.setdefault(form_id, {})[new.token] = new

    def drop(self, form_id: str, token: str) -> None:
        """Delete a response; an unknown one is ignored, as at Typeform."""
        with self._lock:
            self._change_count += 1
            self._responses.get(form_id, {}).pop(token, None)

    def webhooks(self, form_id: str) -> Mapping[str, Json]:
        """A form's webhooks by their tags."""
        with self._lock:
            return dict(self._webhooks.get(form_id, {}))

    def put_webhook(self, form_id: str, tag: str, webhook: Json | None) -> None:
        """Register, replace or, with nothing, delete a webhook."""
        with self._lock:
            known = self._webhooks.setdefault(form_id, {})
            known.pop(tag, None)
            if webhook is not None:
                known[tag] = webhook

    def new_id(self, length: int) -> str:
        """Letters and digits nothing was ever named before."""
        with self._lock:
            self._id_count += 1
            return hashlib.sha256(f"sandbox {self._id_count}".encode()).hexdigest()[:length]


def field_ids(definition: Json) -> Iterator[str]:
    """The ids of all questions of a form or field, those inside groups included."""
    inside = definition.get("fields") or definition.get("properties", {}).get("fields") or []
    for field in inside:
        yield str(field.get("id", ""))
        yield from field_ids(field)
