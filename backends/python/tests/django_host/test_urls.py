"""Django's side of the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import mizan
import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import AsyncClient, Client, override_settings

from examples.django_bookshop.models import Account, Book
from mizan.django import urls
from mizan.django.options import Options
from tests.hosts.visitor import book_id


def registry_of() -> mizan.Registry:
    registry = mizan.Registry()

    @registry.client(context="books", auth="none")
    async def titles() -> list[str]:
        return [title async for title in Book.objects.order_by("id").values_list("title", flat=True)]

    @registry.client(context="mine")
    def mine(request: mizan.Request) -> int:
        return int(request.user.pk)

    @registry.client(affects="books", auth="none")
    def retitle(title: str, fail: str = "") -> bool:
        Book.objects.filter(id=book_id(1)).update(title=title)
        _fail(fail)
        return connection.in_atomic_block

    @registry.client(affects="books", auth="none")
    async def retitle_async(title: str, fail: str = "") -> bool:
        await Book.objects.filter(id=book_id(1)).aupdate(title=title)
        _fail(fail)
        return bool(await sync_to_async(lambda: connection.in_atomic_block)())

    @registry.client(affects="books", auth="none", session="change")
    def enter(request: mizan.Request, fail: bool = False) -> None:
        from django.contrib.auth import login

        login(request.raw, Account.objects.get(id=7))
        if fail:
            raise mizan.Forbidden()

    @registry.view("/page", produces="text/html", auth="none")
    def page() -> HttpResponse:
        return HttpResponse("<p>", headers={"Cache-Control": "private, max-age=5"})

    @registry.view("/form", method="POST", produces="text/html", auth="none", affects="books")
    def form() -> str:
        return "done"

    return registry


def _fail(how: str) -> None:
    errors: dict[str, Exception] = {
        "declared": mizan.Forbidden(),
        "404": Http404("a row of the table"),
        "403": PermissionDenied("words"),
        "422": ValidationError({"title": ["too plain"], "__all__": [ValidationError("no", code="odd")]}),
        "500": RuntimeError("secret"),
    }
    if how:
        raise errors[how]


@contextmanager
def served(registry: mizan.Registry | None = None, settings: dict[str, Any] | None = None, **options: Any) -> Iterator[Client]:
    given = cast(Options, options)
    with override_settings(**(settings or {})):
        patterns = tuple(urls(registry or registry_of(), **given))
        with override_settings(ROOT_URLCONF=patterns):
            yield Client(enforce_csrf_checks=True)


def call(client: Client, function: str, given: Any = None, **headers: str) -> HttpResponse:
    csrf = client.get("/session/").json()["csrf"]
    sent = {"X-Mizan-Protocol": "1", csrf["header"]: csrf["token"], **headers}
    answer = client.post(
        f"/call/{function}", json.dumps(given), content_type="application/json", headers=sent
    )
    return cast(HttpResponse, answer)


def first_title() -> str:
    return Book.objects.get(id=book_id(1)).title


@pytest.mark.parametrize("function", ["retitle", "retitle_async"])
class TestTransactions:
    def test_a_mutation_runs_in_a_transaction_that_is_committed_before_the_answer(self, function: str) -> None:
        with served() as client:
            answer = call(client, function, {"title": "New"})
            body = json.loads(answer.content)
            assert body["result"] is True
            assert not connection.in_atomic_block
            read = client.get("/ctx/books/").json()
            assert read["data"]["titles"][0] == "New"
            assert read["rev"] == body["invalidate"][0]["rev"]

    @pytest.mark.parametrize(
        ("fail", "status", "code"),
        [
            ("declared", 403, "forbidden"),
            ("404", 404, "not_found"),
            ("403", 403, "forbidden"),
            ("422", 422, "validation"),
            ("500", 500, "internal"),
        ],
    )
    def test_a_mutation_that_fails_is_rolled_back(self, function: str, fail: str, status: int, code: str) -> None:
        before = first_title()
        with served() as client:
            rev = client.get("/ctx/books/").json()["rev"]
            answer = call(client, function, {"title": "New", "fail": fail})
            problem = json.loads(answer.content)
            assert (answer.status_code, problem["code"]) == (status, code)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert b"secret" not in answer.content and b"table" not in answer.content
            assert client.get("/ctx/books/").json()["rev"] == rev
        assert first_title() == before

    def test_under_ATOMIC_REQUESTS_it_is_still_committed_before_the_bump(self, function: str) -> None:
        databases = connection.settings_dict
        before = databases["ATOMIC_REQUESTS"]
        databases["ATOMIC_REQUESTS"] = True
        try:
            with served() as client:
                assert json.loads(call(client, function, {"title": "New"}).content)["result"] is True
                assert first_title() == "New"
        finally:
            databases["ATOMIC_REQUESTS"] = before

    def test_inside_of_another_transaction_it_is_refused_as_it_would_be_committed_too_late(
        self, function: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        with served() as client, transaction.atomic():
            assert call(client, function, {"title": "New"}).status_code == 500
        assert "durable" in caplog.text


def test_errors_of_forms_are_field_errors() -> None:
    with served() as client:
        answer = call(client, "retitle", {"title": "New", "fail": "422"})
    assert json.loads(answer.content)["errors"] == [
        {"path": ["title"], "code": "invalid", "message": "too plain"},
        {"path": [], "code": "odd", "message": "no"},
    ]


def test_the_same_view_serves_under_ASGI() -> None:
    async def run() -> None:
        client = AsyncClient()
        csrf = (await client.get("/session/")).json()["csrf"]
        answer = await client.post(
            "/call/retitle_async",
            '{"title": "New"}',
            content_type="application/json",
            headers={"X-Mizan-Protocol": "1", csrf["header"]: csrf["token"]},
        )
        assert answer.status_code == 200, answer.content
        assert (await client.get("/ctx/books/")).json()["data"]["titles"][0] == "New"

    with served():
        asyncio.run(run())


class TestCsrf:
    @pytest.mark.parametrize(
        "settings",
        [
            {},
            {"CSRF_USE_SESSIONS": True},
            {"CSRF_HEADER_NAME": "HTTP_X_TOKEN"},
            {"CSRF_COOKIE_NAME": "__Host-csrf"},
            {
                "MIDDLEWARE": [
                    "django.contrib.sessions.middleware.SessionMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware",
                ]
            },
        ],
        ids=["as it comes", "in sessions", "another header", "another cookie", "without the middleware"],
    )
    def test_the_masked_token_of_django_is_taken_and_any_other_refused(self, settings: dict[str, Any]) -> None:
        with served(settings=settings) as client:
            assert call(client, "retitle", {"title": "New"}).status_code == 200
            header = client.get("/session/").json()["csrf"]["header"]
            for token in ("", "x" * 64, "%%%"):
                refused = call(client, "retitle", {"title": "Forged"}, **{header: token})
                assert refused.status_code == 403
                assert json.loads(refused.content)["code"] == "csrf_failed"
        assert first_title() == "New"

    def test_a_plain_form_posts_a_view_with_the_field_of_django(self) -> None:
        with served() as client:
            csrf = client.get("/session/").json()["csrf"]
            assert client.post("/form", {csrf["field"]: csrf["token"]}).status_code == 415
            form = "application/x-www-form-urlencoded"
            body = f"{csrf['field']}={csrf['token']}"
            assert client.post("/form", body, content_type=form).status_code == 200
            assert client.post("/form", "x=1", content_type=form).status_code == 403

    def test_trusted_origins_of_the_settings_may_post(self) -> None:
        with served(settings={"CSRF_TRUSTED_ORIGINS": ["https://admin.example"]}) as client:
            for origin, status in [
                ("https://admin.example", 200),
                ("http://testserver", 200),
                ("https://evil.example", 403),
            ]:
                assert call(client, "retitle", {"title": "x"}, Origin=origin).status_code == status


class TestSessions:
    def test_signing_in_by_django_moves_the_epoch_and_the_token(self) -> None:
        with served() as client:
            before = client.get("/session/").json()
            answer = call(client, "enter")
            assert answer.status_code == 200
            after = client.get("/session/").json()
            assert answer.headers["X-Mizan-Epoch"] == after["epoch"] != before["epoch"]
            assert after["user"] == {"id": 7}
            assert client.get("/ctx/mine/").json()["data"] == {"mine": 7}
            assert client.get("/session/").json()["epoch"] == after["epoch"]

    def test_a_sign_in_that_fails_afterwards_leaves_nobody_signed_in(self) -> None:
        with served() as client:
            assert call(client, "enter", {"fail": True}).status_code == 403
            assert client.get("/session/").json()["user"] is None
            assert client.get("/ctx/mine/").status_code == 401

    def test_the_user_may_come_from_a_token(self) -> None:
        def load(request: HttpRequest) -> Account | None:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            return Account.objects.filter(id=token).first() if scheme == "Bearer" else None

        with served(user=load) as client:
            bearer = {"Authorization": "Bearer 8", "X-Mizan-Protocol": "1"}
            assert client.get("/ctx/mine/", headers=bearer).json()["data"] == {"mine": 8}
            answer = client.post(
                "/call/retitle", '{"title": "x"}', content_type="application/json", headers=bearer
            )
            assert answer.status_code == 200

    def test_the_epoch_follows_the_privileges(self) -> None:
        level = ["reader"]
        with served(privileges=lambda user: level[0]) as client:
            call(client, "enter")
            before = client.get("/session/").json()["epoch"]
            level[0] = "editor"
            assert client.get("/session/").json()["epoch"] != before


class TestAnswers:
    def test_a_response_of_the_framework_keeps_its_own_headers(self) -> None:
        with served() as client:
            answer = client.get("/page")
        assert answer.content == b"<p>" and answer.headers["Cache-Control"] == "private, max-age=5"
        assert answer.headers["X-Mizan-Protocol"] == "1"

    def test_an_answer_without_a_body_has_no_content_type(self) -> None:
        with served() as client:
            etag = client.get("/ctx/books/").headers["ETag"]
            answer = client.get("/ctx/books/", headers={"If-None-Match": etag})
        assert answer.status_code == 304 and "Content-Type" not in answer.headers

    def test_a_public_answer_sets_no_cookie_and_does_not_vary_by_one(self) -> None:
        with served() as client:
            call(client, "enter")
            answer = client.get("/ctx/books/")
            # A context is private unless it says otherwise (M12).
            assert answer.headers["Cache-Control"] != "public"
        registry = mizan.Registry()
        registry.context("open", cache="public", ttl=5)

        @registry.client(context="open", auth="none")
        def one() -> int:
            return 1

        with served(registry, settings={"CSRF_USE_SESSIONS": True}) as client:
            client.get("/session/")
            answer = client.get("/ctx/open/")
            assert answer.headers["Cache-Control"].startswith("public")
            assert not answer.cookies and answer.headers["Vary"] == "Accept-Encoding"

    def test_a_host_that_is_not_ours_is_a_problem(self) -> None:
        with served() as client:
            answer = client.get("/ctx/books/", headers={"Host": "evil.example"})
        assert answer.status_code == 400 and answer.json()["code"] == "malformed"

    def test_a_contract_is_served_below_its_base(self) -> None:
        registry = mizan.Registry(base="/api/")

        @registry.client(context="one", auth="none")
        def one() -> int:
            return 1

        from django.urls import include, path

        with served(registry), override_settings(
            ROOT_URLCONF=(path("api/", include(urls(registry, document="/contract.json"))),)
        ):
            client = Client()
            assert client.get("/api/ctx/one").json()["data"] == {"one": 1}
            assert client.get("/ctx/one/").status_code == 404
            assert client.get("/api/contract.json").json()["x-mizan"]["base"] == "/api/"
