"""FastAPI's side of the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any, cast

import httpx
import mizan
import pytest
from fastapi import Depends, FastAPI, HTTPException
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, StreamingResponse
from starlette.types import ASGIApp

from mizan.fastapi import answer_problems, mizan_router, mount
from mizan.fastapi.options import Options


def registry_of(base: str = "/", session_path: str | None = "/session/") -> mizan.Registry:
    registry = mizan.Registry(base=base, session_path=session_path)

    @registry.client(context="shelf", auth="none")
    async def shelf(request: mizan.Request) -> str:
        return str(request.db)

    @registry.client(context="mine")
    def mine(request: mizan.Request) -> int:
        return int(request.user["id"])

    @registry.client(affects="shelf", auth="none")
    def put(request: mizan.Request, fail: bool = False) -> str:
        request.session["kept"] = True
        if request.db is not None:
            request.db.append("run")
        if fail:
            raise mizan.Forbidden()
        return "done"

    @registry.client(affects="shelf", auth="none", session="change")
    async def enter(request: mizan.Request, id: int) -> None:
        request.session["user"] = id

    @registry.client(affects="shelf", auth="none")
    async def refuse(status: int) -> None:
        raise HTTPException(status, "words of the app", headers={"Retry-After": "5"})

    @registry.view("/page", produces="text/html", auth="none")
    def page() -> HTMLResponse:
        return HTMLResponse("<p>", headers={"Cache-Control": "private, max-age=5"})

    @registry.view("/export/{user_id}", method="POST", produces="text/csv", auth="none", affects="shelf")
    async def export(user_id: int) -> StreamingResponse:
        async def rows() -> AsyncIterator[bytes]:
            yield b"a\n"
            yield b"b\n"

        return StreamingResponse(rows(), media_type="text/csv")

    return registry


def load_user(request: Request) -> Any:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme == "Bearer":
        return {"id": int(token)}
    found = request.scope.get("session", {}).get("user")
    return None if found is None else {"id": found}


def app_of(*, session: bool = True, **options: Any) -> FastAPI:
    app = FastAPI()
    if session:
        app.add_middleware(SessionMiddleware, secret_key="secret")
    given = cast(Options, {"user": load_user, **options})
    mount(app, registry_of(session_path="/session/" if session else None), **given)
    return app


async def get_database() -> AsyncIterator[int]:
    yield 1


def checks_something(database: Annotated[int, Depends(get_database)]) -> None: ...


class Page:
    """A browser without a network."""

    def __init__(self, app: ASGIApp, raises: bool = False) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=raises)
        self.cookies = httpx.Cookies()
        self.headers = {"X-Mizan-Protocol": "1", "Content-Type": "application/json"}

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> httpx.Response:
        async def run() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://shop.example", cookies=self.cookies
            ) as client:
                answer = await client.request(
                    method, path, content=body, headers={**self.headers, **headers}
                )
                self.cookies = client.cookies
                return answer

        return asyncio.run(run())

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.send("GET", path, b"", **headers)

    def call(self, function: str, body: bytes = b"{}", **headers: str) -> httpx.Response:
        return self.send("POST", f"/call/{function}", body, **headers)

    def open(self) -> Page:
        csrf = self.get("/session/").json()["csrf"]
        self.headers[csrf["header"]] = csrf["token"]
        return self


class TestTransactions:
    record: list[str]

    @pytest.fixture(autouse=True)
    def fresh(self) -> None:
        self.record = []

    def openers(self) -> dict[str, Any]:
        record = self.record

        async def dependency() -> AsyncIterator[list[str]]:
            try:
                yield record
            except BaseException:
                record.append("rollback")
                raise
            record.append("commit")

        def blocking_dependency(request: mizan.Request) -> Iterator[list[str]]:
            try:
                yield record
            except BaseException:
                record.append("rollback")
                raise
            record.append("commit")

        return {
            "dependency with yield": dependency,
            "blocking dependency with yield": blocking_dependency,
            "context manager": asynccontextmanager(dependency),
            "blocking context manager": contextmanager(blocking_dependency),
        }

    @pytest.mark.parametrize(
        "form",
        [
            "dependency with yield",
            "blocking dependency with yield",
            "context manager",
            "blocking context manager",
        ],
    )
    def test_every_form_is_left_before_the_answer_is_sent(self, form: str) -> None:
        app = app_of(transaction=self.openers()[form])
        record = self.record

        async def recording(scope: Any, receive: Any, send: Any) -> None:
            async def tell(message: Any) -> None:
                record.append(message["type"])
                await send(message)

            await app(scope, receive, tell)

        page = Page(recording).open()
        record.clear()
        assert page.call("put").json()["result"] == "done"
        assert record == ["run", "commit", "http.response.start", "http.response.body"]
        record.clear()
        assert page.call("put", b'{"fail": true}').status_code == 403
        assert record == ["run", "rollback", "http.response.start", "http.response.body"]

    def test_a_route_that_depends_on_a_yield_is_refused_with_the_way_out(self) -> None:
        app = FastAPI()
        for dependency in (get_database, checks_something):
            with pytest.raises(TypeError, match=r"transaction=get_database"):
                app.include_router(mizan_router(registry_of()), dependencies=[Depends(dependency)])
                # Some versions build the routes when they are first needed.
                Page(app, raises=True).get("/ctx/shelf/")

    def test_a_dependency_that_only_checks_is_asked_before_anything_else(self) -> None:
        def refuse() -> None:
            raise HTTPException(403)

        app = FastAPI()
        app.include_router(mizan_router(registry_of()), dependencies=[Depends(refuse)])
        assert Page(app).get("/ctx/shelf/").status_code == 403

    def test_a_dependency_that_asks_for_other_dependencies_is_refused(self) -> None:
        def get_database(settings: Annotated[int, Depends(load_user)], other: int) -> Iterator[int]:
            yield settings

        with pytest.raises(TypeError, match="asks for other"):
            mizan_router(registry_of(), transaction=get_database)


class TestSessions:
    def test_a_session_that_was_renewed_is_dead_wherever_its_cookie_is(self) -> None:
        page = Page(app_of()).open()
        page.call("enter", b'{"id": 7}')
        page.open()
        assert page.get("/ctx/mine/").json()["data"] == {"mine": 7}
        old = httpx.Cookies(page.cookies)
        page.call("enter", b'{"id": 8}')
        page.cookies = old
        assert page.get("/ctx/mine/").status_code == 401

    def test_what_a_failed_function_put_into_the_session_is_taken_back(self) -> None:
        page = Page(app_of()).open()
        before = page.cookies["session"]
        assert page.call("put", b'{"fail": true}').status_code == 403
        # The cookie may be signed anew; what it holds is as before.
        assert page.cookies["session"].partition(".")[0] == before.partition(".")[0]
        assert page.call("put").status_code == 200
        assert page.cookies["session"].partition(".")[0] != before.partition(".")[0]

    def test_M20_a_contract_without_a_session_serves_tokens_and_has_no_session_endpoint(self) -> None:
        page = Page(app_of(session=False))
        assert page.get("/ctx/mine/", Authorization="Bearer 7").json()["data"] == {"mine": 7}
        assert page.call("put", Authorization="Bearer 7").status_code == 200
        assert page.get("/session/").status_code == 404
        assert "set-cookie" not in page.call("put").headers

    def test_a_forgotten_middleware_is_said_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        app = FastAPI()
        mount(app, registry_of())
        assert Page(app).get("/session/").status_code == 500
        assert "app.add_middleware(SessionMiddleware" in caplog.text

    def test_the_loader_of_the_user_may_be_asynchronous(self) -> None:
        async def load(request: Request) -> Any:
            return load_user(request)

        page = Page(app_of(user=load))
        assert page.get("/ctx/mine/", Authorization="Bearer 9").json()["data"] == {"mine": 9}

    def test_the_epoch_follows_the_privileges(self) -> None:
        level = ["reader"]
        page = Page(app_of(privileges=lambda user: level[0])).open()
        page.call("enter", b'{"id": 7}')
        before = page.get("/ctx/mine/").headers["x-mizan-epoch"]
        assert page.get("/ctx/mine/").headers["x-mizan-epoch"] == before
        level[0] = "editor"
        assert page.get("/ctx/mine/").headers["x-mizan-epoch"] != before


    def test_a_public_answer_that_sets_a_cookie_all_the_same_is_not_stored(self) -> None:
        registry = mizan.Registry()
        registry.context("open", cache="public", ttl=60)

        @registry.client(context="open", auth="none")
        def one() -> int:
            return 1

        app = FastAPI()
        mount(app, registry)

        def with_session(session: Any) -> ASGIApp:
            async def run(scope: Any, receive: Any, send: Any) -> None:
                await app({**scope, "session": session}, receive, send)

            return run

        for session, stored in [({"user": 7}, False), ({}, True), (None, True)]:
            answer = Page(with_session(session)).get("/ctx/open/")
            assert ("no-store" not in answer.headers["cache-control"]) is stored
            assert answer.headers["cache-control"].startswith("public") is stored
            assert ("cdn-cache-control" in answer.headers) is stored


class TestErrors:
    @pytest.mark.parametrize(
        ("status", "code"),
        [(403, "forbidden"), (404, "not_found"), (418, "http_418"), (429, "rate_limited"), (503, "unavailable")],
    )
    def test_an_HTTPException_is_a_problem_with_its_headers(self, status: int, code: str) -> None:
        answer = Page(app_of()).open().call("refuse", f'{{"status": {status}}}'.encode())
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["retry-after"] == "5"
        assert ("words of the app" in answer.text) is (status < 500)

    def test_the_rest_of_the_app_answers_problems_where_it_asks_for_it(self) -> None:
        app = app_of()
        answer_problems(app)

        @app.get("/broken")
        def broken() -> None:
            raise RuntimeError("secret")

        @app.get("/typed")
        def typed(number: int) -> int:
            return number

        page = Page(app)
        for path, status, code in [
            ("/nowhere", 404, "not_found"),
            ("/broken", 500, "internal"),
            ("/typed?number=x", 422, "validation"),
        ]:
            answer = page.get(path)
            assert answer.headers["content-type"] == "application/problem+json"
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert "secret" not in answer.text


class TestViews:
    def test_a_response_of_the_framework_keeps_its_own_headers(self) -> None:
        answer = Page(app_of()).get("/page")
        assert answer.text == "<p>" and answer.headers["cache-control"] == "private, max-age=5"
        assert answer.headers["x-mizan-protocol"] == "1"

    def test_a_streamed_view_tells_of_its_effects(self) -> None:
        answer = Page(app_of()).open().send("POST", "/export/7")
        assert answer.text == "a\nb\n" and answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-mizan-invalidate"].startswith("shelf;rev=")


class TestAddresses:
    def test_a_contract_is_served_below_its_base(self) -> None:
        app = FastAPI()
        app.add_middleware(SessionMiddleware, secret_key="secret")
        mount(app, registry_of("/api/"), document="/contract.json")
        page = Page(app)
        assert page.get("/api/ctx/shelf").json()["data"] == {"shelf": "None"}
        assert page.get("/api/page").text == "<p>"
        assert page.get("/ctx/shelf/").status_code == 404
        document = page.get("/api/contract.json").json()
        assert document["x-mizan"]["base"] == "/api/"

    def test_a_contract_is_served_by_an_app_inside_of_another(self) -> None:
        outer = FastAPI()
        outer.mount("/inner", app_of())
        assert Page(outer).get("/inner/ctx/shelf/").json()["data"] == {"shelf": "None"}

    def test_the_document_is_not_served_unless_asked_for(self) -> None:
        page = Page(app_of())
        for path in ("/mizan.json", "/contract.json", "/schema.json"):
            assert page.get(path).status_code == 404

    def test_the_document_does_not_hide_behind_that_of_FastAPI(self) -> None:
        with pytest.raises(ValueError, match="openapi_url=None"):
            mount(FastAPI(), registry_of(), document="/openapi.json")
        mount(FastAPI(openapi_url=None), registry_of(), document="/openapi.json")

    def test_own_origin_is_that_of_the_request(self) -> None:
        page = Page(app_of()).open()
        assert page.call("put", Origin="http://shop.example").status_code == 200
        assert page.call("put", Origin="https://shop.example").status_code == 403
