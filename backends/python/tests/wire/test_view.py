"""Protocol 3.10, views."""

from __future__ import annotations

import asyncio

import mizan
import pytest
from mizan.registry import Registry

from tests.wire.stage import Answer, Stage


def stage() -> Stage:
    registry = Registry()

    @registry.client(context="orders")
    def orders(user_id: int) -> int:
        return user_id

    @registry.view("/orders/{order_id}/invoice.pdf", produces="application/pdf")
    def invoice(order_id: int, copy: bool = False) -> bytes:
        if order_id == 404:
            raise mizan.NotFound()
        return f"%PDF {order_id} {copy}".encode()

    @registry.view("/report", produces="text/html", auth="none")
    async def report() -> mizan.Response:
        return mizan.Response("<h1>ü</h1>", headers={"X-Report": "1"}, status=202)

    @registry.view("/users/{user_id}/archive", method="POST", produces="text/csv", affects="orders")
    def archive(user_id: int) -> str:
        mizan.redirect("/done")
        return "id\n"

    @registry.view("/users/{user_id}/empty", method="POST", produces="text/csv", affects="orders")
    def empty(user_id: int) -> str:
        if user_id == 8:
            raise mizan.Forbidden()
        return ""

    return Stage(registry)


def post(at: Stage, url: str) -> Answer:
    return asyncio.run(at.send("POST", url, b"", at.browser_headers(x_mizan_protocol=None)))


def test_C7_M11_a_posted_view_tells_of_its_effects_in_the_header() -> None:
    at = stage()
    before = at.get("/ctx/orders/?user_id=7").json["rev"]
    answer = post(at, "/users/7/empty/")
    rev = at.get("/ctx/orders/?user_id=7").json["rev"]
    assert answer.status == 200 and rev > before
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Mizan-Invalidate"] == f'orders;p="user_id=7";rev={rev}'
    assert "begin" in at.record and at.record.index("commit") < at.record.index("bump")


def test_a_posted_view_that_fails_is_a_problem_and_bumps_nothing() -> None:
    at = stage()
    answer = post(at, "/users/8/empty")
    assert answer.problem == (403, "forbidden")
    assert "X-Mizan-Invalidate" not in answer.headers and "bump" not in at.record


def test_a_posted_view_may_redirect() -> None:
    answer = post(stage(), "/users/7/archive")
    assert (answer.status, answer.headers["Location"]) == (303, "/done")


def test_a_view_takes_params_from_its_path_and_its_query() -> None:
    answer = stage().get("/orders/5/invoice.pdf?copy=true")
    assert (answer.status, answer.body) == (200, b"%PDF 5 True")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("/orders/x/invoice.pdf", (422, "validation")),
        ("/orders/5/invoice.pdf?copy=maybe", (422, "validation")),
        ("/orders/5/invoice.pdf?copy=true&copy=true", (400, "malformed")),
        ("/orders/404/invoice.pdf", (404, "not_found")),
        ("/orders//invoice.pdf", (404, "not_found")),
        ("/orders/5/invoiceXpdf", (404, "not_found")),
    ],
)
def test_a_view_that_cannot_be_answered_is_a_problem(url: str, problem: tuple[int, str]) -> None:
    assert stage().get(url).problem == problem


def test_the_query_cannot_replace_a_param_of_the_path() -> None:
    assert stage().get("/orders/5/invoice.pdf?order_id=6").body == b"%PDF 5 False"


def test_a_view_asks_who_is_there() -> None:
    at = stage()
    assert at.get("/orders/5/invoice.pdf", {}).problem == (401, "unauthenticated")
    assert at.get("/report", {}).status == 202


def test_a_view_may_say_status_headers_and_text() -> None:
    answer = stage().get("/report")
    assert answer.status == 202 and answer.headers["X-Report"] == "1"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.body.decode() == "<h1>ü</h1>"


def test_a_view_under_another_method_is_405() -> None:
    answer = asyncio.run(stage().send("DELETE", "/report"))
    assert answer.problem == (405, "method") and answer.headers["Allow"] == "GET, HEAD"
