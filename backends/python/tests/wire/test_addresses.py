"""Protocol 3.1, 3.7 and 3.9: methods, addresses, the session, and what every answer says."""

from __future__ import annotations

import asyncio

import pytest

from tests.wire.library import Library


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*", "application/xml, text/*"])
def test_a_client_that_takes_no_json_gets_406(library: Library, accept: str) -> None:
    assert library.get("/ctx/open/", accept=accept).problem == (406, "not_acceptable")


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/JSON"])
def test_a_client_that_takes_json_gets_it(library: Library, accept: str) -> None:
    assert library.get("/ctx/open/", accept=accept).status == 200


def test_HEAD_is_GET_without_the_body_and_OPTIONS_says_what_is_taken(library: Library) -> None:
    get = library.get("/ctx/open/")
    head = asyncio.run(library.stage.send("HEAD", "/ctx/open/"))
    assert head.body == b"" and head.headers["Content-Length"] == str(len(get.body))
    assert {name: head.headers[name] for name in get.headers} == get.headers
    options = asyncio.run(library.stage.send("OPTIONS", "/ctx/open/"))
    assert (options.status, options.headers["Allow"]) == (204, "GET, HEAD, POST")


@pytest.mark.parametrize(
    ("method", "url", "allow"),
    [
        ("PUT", "/ctx/open/", "GET, HEAD, POST"),
        ("DELETE", "/session/", "GET, HEAD"),
        ("POST", "/session", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_405_with_the_right_ones(
    library: Library, method: str, url: str, allow: str
) -> None:
    answer = asyncio.run(library.stage.send(method, url))
    assert answer.problem == (405, "method") and answer.headers["Allow"] == allow


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/ctx/nothing/", "unknown_context"),
        ("/ctx/constructor", "unknown_context"),
        ("/ctx/open/more/", "unknown_context"),
        ("/call/nothing", "unknown_function"),
        ("/call/__proto__", "unknown_function"),
        ("/call/books", "unknown_function"),
        ("/nothing", "not_found"),
    ],
)
def test_what_does_not_exist_is_404_with_a_code_that_tells_what(
    library: Library, url: str, code: str
) -> None:
    for method in ("GET", "POST"):
        assert asyncio.run(library.stage.send(method, url)).problem == (404, code)


def test_every_answer_says_the_version_and_the_fingerprint(library: Library) -> None:
    for url in ("/ctx/own/?user_id=7", "/ctx/open/", "/session/", "/nothing", "/ctx/own/"):
        headers = library.get(url, x_mizan_schema="sha256-other").headers
        assert headers["X-Mizan-Protocol"] == "1" and headers["X-Mizan-Schema"] == "sha256-stage"


def test_the_session_says_who_asks_and_is_not_stored(library: Library) -> None:
    answer = library.get("/session/")
    token = answer.json["csrf"].pop("token")
    assert token
    assert answer.json == {
        "mizan": 1,
        "csrf": {"header": "X-CSRFToken", "token": token, "field": "csrf_token"},
        "user": {"id": 7},
        "epoch": "e-7",
        "schema": "sha256-stage",
        "features": ["rev", "only", "idempotency"],
    } | {"csrf": answer.json["csrf"]}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert library.stage.get("/session/", {}).json["user"] is None
