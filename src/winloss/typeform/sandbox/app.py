"""The loopback Typeform's addresses: what each answers."""

import json
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from winloss.typeform.sandbox import forms, webhooks
from winloss.typeform.sandbox.behaviour import Behaviour, json_answer, text_answer
from winloss.typeform.sandbox.door import Door, Forwarded, Handler
from winloss.typeform.sandbox.items import Json
from winloss.typeform.sandbox.paging import Pages
from winloss.typeform.sandbox.query import Refusal, doomed, number, query
from winloss.typeform.sandbox.store import Store

_HOSTS = {"api.typeform.com", "api.eu.typeform.com", "api.typeform.eu"}


def create(store: Store, behaviour: Behaviour) -> ASGIApp:
    """The whole of it as an ASGI application."""
    account, responses = _Forms(store, behaviour), _Responses(store, behaviour)
    hooks, door = _Webhooks(store, behaviour), Door(behaviour)
    addresses: list[tuple[str, str, Handler]] = [
        ("GET", "/me", account.me),
        ("GET", "/forms", account.listed),
        ("POST", "/forms", account.create),
        ("GET", "/forms/{form_id}", account.read),
        ("PUT", "/forms/{form_id}", account.replace),
        ("DELETE", "/forms/{form_id}", account.delete),
        ("GET", "/forms/{form_id}/responses", responses.read),
        ("DELETE", "/forms/{form_id}/responses", responses.delete),
        ("GET", "/forms/{form_id}/webhooks", hooks.listed),
        ("GET", "/forms/{form_id}/webhooks/{tag}", hooks.read),
        ("PUT", "/forms/{form_id}/webhooks/{tag}", hooks.put),
        ("DELETE", "/forms/{form_id}/webhooks/{tag}", hooks.delete),
    ]
    routes = [Route(path, door.guard(act), methods=[verb]) for verb, path, act in addresses]
    return Forwarded(Starlette(routes=routes))


class _Account:
    """What all addresses share."""

    def __init__(self, store: Store, behaviour: Behaviour) -> None:
        self._store = store
        self._behaviour = behaviour

    def _known(self, request: Request) -> tuple[str, Json]:
        form_id = str(request.path_params["form_id"])
        form = self._store.form(form_id)
        if form is None:
            raise Refusal(404, "FORM_NOT_FOUND", "Form not found")
        return form_id, form


class _Forms(_Account):
    """The account and its forms."""

    async def me(self, _: Request) -> Response:
        return json_answer(
            {"alias": "Sandbox", "email": "sandbox@example.invalid", "language": "en"}
        )

    async def listed(self, request: Request) -> Response:
        given = request.query_params
        size = number(given, "page_size", default=10, most=200)
        page = number(given, "page", default=1, most=10**8)
        found = forms.listed(self._store.forms(), given)
        shown = [forms.summary(form) for form in found[(page - 1) * size : page * size]]
        pages = math.ceil(len(found) / size)
        return json_answer({"total_items": len(found), "page_count": pages, "items": shown})

    async def create(self, request: Request) -> Response:
        form_id = self._store.new_id(8)
        answer = json_answer(await self._made(request, form_id, None), 201)
        answer.headers["Location"] = f"{request.url}/{form_id}"
        return answer

    async def read(self, request: Request) -> Response:
        return json_answer(self._known(request)[1])

    async def replace(self, request: Request) -> Response:
        return json_answer(await self._made(request, *self._known(request)))

    async def delete(self, request: Request) -> Response:
        self._store.drop_form(self._known(request)[0])
        return Response(status_code=204)

    async def _made(self, request: Request, form_id: str, before: Json | None) -> Json:
        given = forms.checked(await _body(request))
        now, new_id = self._behaviour.instant(), self._store.new_id
        form = forms.made(given, form_id=form_id, before=before, now=now, new_id=new_id)
        self._store.put_form(form_id, form)
        return forms.reply(form)


class _Responses(_Account):
    """A form's responses."""

    def __init__(self, store: Store, behaviour: Behaviour) -> None:
        super().__init__(store, behaviour)
        self._pages = Pages(store)

    async def read(self, request: Request) -> Response:
        form_id, form = self._known(request)
        asked = query(
            self._as_heard(request.query_params),
            refuses_window_with_cursor=self._behaviour.refuses_window_with_cursor,
            most_per_page=self._behaviour.most_per_page,
        )
        if _is_elsewhere(form, request.headers.get("Host", "")):
            return json_answer({"total_items": 0, "page_count": 0, "items": []})
        shown_until, told_total = self._behaviour.shown_until(), self._behaviour.told_total
        return text_answer(
            self._pages.page(form_id, asked, shown_until=shown_until, told_total=told_total)
        )

    async def delete(self, request: Request) -> Response:
        form_id, _ = self._known(request)
        body = await _body(request) if await request.body() else {}
        for token in doomed(request.query_params, body if isinstance(body, dict) else {}):
            self._store.drop(form_id, token)
        return Response(status_code=200)

    def _as_heard(self, given: Mapping[str, str]) -> dict[str, str]:
        unheard = {"before", "after"} if self._behaviour.ignores_cursor else set()
        return {name: value for name, value in given.items() if name not in unheard}


class _Webhooks(_Account):
    """A form's webhooks."""

    async def listed(self, request: Request) -> Response:
        form_id, _ = self._known(request)
        return json_answer({"items": list(self._store.webhooks(form_id).values())})

    async def read(self, request: Request) -> Response:
        return json_answer(self._registered(request)[2])

    async def put(self, request: Request) -> Response:
        form_id, _ = self._known(request)
        tag = str(request.path_params["tag"])
        webhook = webhooks.registered(
            await _body(request),
            form_id=form_id,
            tag=tag,
            before=self._store.webhooks(form_id).get(tag),
            now=self._behaviour.instant(),
            new_id=self._store.new_id(26),
        )
        self._store.put_webhook(form_id, tag, webhook)
        return json_answer(webhook)

    async def delete(self, request: Request) -> Response:
        form_id, tag, _ = self._registered(request)
        self._store.put_webhook(form_id, tag, None)
        return Response(status_code=204)

    def _registered(self, request: Request) -> tuple[str, str, Json]:
        form_id, _ = self._known(request)
        tag = str(request.path_params["tag"])
        webhook = self._store.webhooks(form_id).get(tag)
        if webhook is None:
            raise Refusal(404, "WEBHOOK_NOT_FOUND", "Webhook not found")
        return form_id, tag, webhook


def _is_elsewhere(form: Json, host: str) -> bool:
    """Whether a data centre is asked that does not keep this form's responses."""
    kept = urlsplit(str(form.get("_links", {}).get("responses", ""))).hostname
    asked = host.partition(":")[0]
    return {kept, asked} <= _HOSTS and kept != asked


async def _body(request: Request) -> Any:  # noqa: ANN401 (JSON is anything)
    try:
        return json.loads(await request.body())
    except ValueError as error:
        raise Refusal(400, "INVALID_JSON", "The body is not JSON") from error
