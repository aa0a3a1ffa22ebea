"""Asking the loopback Typeform as a stranger's client would."""

import pytest
import requests


@pytest.fixture
def ask(sandbox):
    """Send a request with the sandbox's token."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = "Bearer sandbox"

        def send(path, method="GET", **more):
            return session.request(method, f"{sandbox.base_url}{path}", timeout=10, **more)

        yield send


@pytest.fixture
def answered(sandbox, response):
    """Thirty completed responses a minute apart, a partial and a started one."""
    for minute in range(30):
        sandbox.put("Lost1", response(f"t{minute:02}", minute))
    never = {"submitted_at": "0001-01-01T00:00:00Z"}
    staged = {"response_type": "partial", "staged_at": "2026-09-01T09:00:00Z"}
    sandbox.put("Lost1", response("part", 40, **never, **staged))
    sandbox.put("Lost1", response("start", 50, **never, answers=None))
    return sandbox
