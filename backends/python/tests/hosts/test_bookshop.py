"""The story of BOOKSHOP.md over HTTP, the same with FastAPI and with Django."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from .visitor import Visitor, book_id, problem_of


def line(number: int, qty: int = 1) -> dict[str, Any]:
    return {"book_id": book_id(number), "qty": qty}


def test_a_visitor_reads_the_catalog_and_nothing_private(visitor: Visitor) -> None:
    page = visitor.read("catalog")["data"]["book_list"]
    assert page["total"] == 24 and len(page["items"]) == 12
    titles = [book["title"] for book in page["items"]]
    assert titles == sorted(titles)
    assert len(visitor.read("catalog", page=2)["data"]["book_list"]["items"]) == 12
    assert visitor.read("me")["data"]["current_user"] is None
    assert visitor.read("reference")["data"]["countries"][2] == {"code": "TR", "name": "Türkiye"}
    assert problem_of(visitor.http.get("/ctx/user/?user_id=7")) == (401, "unauthenticated")
    assert problem_of(visitor.call("rename_user", {"user_id": 7, "name": "x"})) == (
        401,
        "unauthenticated",
    )


def test_the_catalog_is_filtered_by_tags_stock_author_and_price(visitor: Visitor) -> None:
    def found(**params: Any) -> int:
        total: int = visitor.read("catalog", **params)["data"]["book_list"]["total"]
        return total

    assert found(in_stock="true") == 23
    assert found(tags=["poetry", "classic"]) < found(tags="poetry") < 24
    assert found(filter='{"author":"Rumi"}') == 2
    assert found(filter='{"max_price":"6.00"}') == 2
    assert visitor.read("book", book_id=book_id(1))["data"]["book_detail"]["stock"] == 2
    assert visitor.read("book", book_id=book_id(99))["data"]["book_detail"] is None


def test_sign_in_and_out_move_the_epoch_and_drop_everything(visitor: Visitor) -> None:
    assert problem_of(visitor.sign_in(password="wrong")) == (403, "bad_credentials")
    before = visitor.start_session()["epoch"]
    answer = visitor.sign_in()
    assert answer.json()["result"]["name"] == "Rūmī"
    assert [item["context"] for item in answer.json()["invalidate"]] == ["*"]
    assert answer.headers["x-mizan-epoch"] != before
    session = visitor.start_session()
    assert session["epoch"] == answer.headers["x-mizan-epoch"] and session["user"] == {"id": 7}
    old_cookies = httpx.Cookies(visitor.http.cookies)
    out = visitor.call("logout")
    assert out.json()["result"] is None
    assert out.headers["x-mizan-epoch"] != session["epoch"]
    assert visitor.start_session()["user"] is None
    with httpx.Client(base_url=visitor.http.base_url, cookies=old_cookies) as thief:
        assert problem_of(thief.get("/ctx/user/?user_id=7")) == (401, "unauthenticated")


def test_the_token_changes_with_the_session(visitor: Visitor) -> None:
    old = visitor.token
    visitor.sign_in()
    visitor.token = old
    assert problem_of(visitor.call("rename_user", {"user_id": 7, "name": "x"})) == (403, "csrf_failed")


def test_H14_a_rename_is_merged_and_a_GET_right_after_reads_the_same(rumi: Visitor) -> None:
    before = rumi.read("user", user_id=7)
    body = rumi.call("rename_user", {"user_id": 7, "name": "Jalāl"}).json()
    merges = {item["context"]: item for item in body["merge"]}
    after = rumi.read("user", user_id=7)
    assert merges["user"]["value"] == after["data"]["user_profile"]
    assert merges["me"]["value"] == rumi.read("me")["data"]["current_user"]
    assert merges["user"]["rev"] == after["rev"] > before["rev"]
    assert after["data"]["user_addresses"] == before["data"]["user_addresses"]


def test_data_of_others_is_forbidden_and_unknown_users_are_not_found(rumi: Visitor) -> None:
    assert problem_of(rumi.http.get("/ctx/user/?user_id=8")) == (403, "forbidden")
    assert problem_of(rumi.http.get("/ctx/user/?user_id=9")) == (404, "not_found")
    assert problem_of(rumi.call("rename_user", {"user_id": 8, "name": "x"})) == (403, "forbidden")
    order = rumi.read("order", order_id=999)["data"]
    assert order == {"order_detail": None, "order_lines": []}


def test_an_order_takes_from_the_stock_and_what_is_left_undone_changes_nothing(rumi: Visitor) -> None:
    before = rumi.read("book", book_id=book_id(5))
    refused = rumi.call(
        "place_order",
        {"user_id": 7, "lines": [line(5, 3), line(1, 3)]},
        Idempotency_Key="first",
    )
    assert problem_of(refused) == (409, "out_of_stock")
    assert refused.json()["data"] == {"book_id": book_id(1), "left": 2}
    assert rumi.read("book", book_id=book_id(5)) == before, "rolled back, and no revision moved"
    placed = rumi.call(
        "place_order", {"user_id": 7, "lines": [line(5, 3)]}, Idempotency_Key="second"
    ).json()
    assert placed["result"]["id"] == 100
    after = rumi.read("book", book_id=book_id(5))
    assert after["data"]["book_detail"]["stock"] == before["data"]["book_detail"]["stock"] - 3
    assert after["rev"] == placed["invalidate"][0]["rev"]
    assert rumi.read("orders", user_id=7)["data"]["user_orders"]["items"][0] == placed["result"]


def test_orders_come_in_pages_newest_first(rumi: Visitor) -> None:
    for each in range(11):
        rumi.call("place_order", {"user_id": 7, "lines": [line(9)]}, Idempotency_Key=f"page-{each}-{rumi.token}")
    first = rumi.read("orders", user_id=7)["data"]["user_orders"]
    assert [order["id"] for order in first["items"]] == list(range(110, 100, -1))
    rest = rumi.read("orders", user_id=7, cursor=first["next_cursor"])["data"]["user_orders"]
    assert [order["id"] for order in rest["items"]] == [100, 6, 5] and rest["next_cursor"] is None
    shipped = rumi.read("orders", user_id=7, status="shipped")["data"]["user_orders"]
    assert [order["id"] for order in shipped["items"]] == [5]


def test_lines_change_while_the_order_is_open_and_the_total_follows(rumi: Visitor) -> None:
    body = rumi.call("update_line", {"order_id": 6, "line_id": 3, "qty": 4}).json()
    (merge,) = body["merge"]
    assert (merge["mode"], merge["key"], merge["params"]) == ("update", ["id"], {"order_id": 6})
    after = rumi.read("order", order_id=6)["data"]
    assert after["order_lines"] == [merge["value"]] and after["order_detail"]["total"] == "30.00"
    removed = rumi.call("remove_line", {"order_id": 6, "line_id": 3}).json()
    assert removed["result"] == {"id": 3} and removed["merge"][0]["mode"] == "remove"
    assert rumi.read("order", order_id=6)["data"]["order_detail"]["total"] == "0.00"
    for function, more in (("update_line", {"qty": 1}), ("remove_line", {})):
        closed = rumi.call(function, {"order_id": 5, "line_id": 1, **more})
        assert problem_of(closed) == (409, "order_closed")
    assert problem_of(rumi.call("remove_line", {"order_id": 6, "line_id": 3})) == (404, "not_found")


def test_the_answer_to_a_form_names_each_field(rumi: Visitor) -> None:
    wrong = rumi.call("update_profile", {"user_id": 7, "form": {"name": "", "email": "x"}})
    assert problem_of(wrong) == (422, "validation")
    assert [error["path"] for error in wrong.json()["errors"]] == [["form", "name"], ["form", "email"]]
    right = rumi.call(
        "update_profile", {"user_id": 7, "form": {"name": "R", "email": "r@shop.example"}}
    ).json()
    assert [item["context"] for item in right["invalidate"]] == ["orders"]


def test_a_picture_is_uploaded_and_something_else_is_refused(rumi: Visitor) -> None:
    def upload(content: bytes) -> httpx.Response:
        return rumi.http.post(
            "/call/upload_avatar",
            data={"payload": '{"user_id": 7, "image": null}'},
            files={"image": ("me.png", content, "image/png")},
            headers=rumi.headers(),
        )

    assert upload(b"\x89PNG\r\n\x1a\n" + b"." * 300_000).json()["result"]["avatar_url"] == "/avatars/7.png"
    assert problem_of(upload(b"<script>")) == (422, "validation")
    assert problem_of(upload(b"\x89PNG" + b"." * 5_242_880)) == (413, "too_large")


def test_favourites_and_the_archive_and_the_invoice(rumi: Visitor) -> None:
    mark = {"user_id": 7, "book_id": book_id(4), "favourite": True}
    assert rumi.call("set_favourite", mark).json()["result"]["book_ids"] == [book_id(3), book_id(4)]
    invoice = rumi.http.get("/orders/5/invoice.pdf")
    assert invoice.headers["content-type"] == "application/pdf"
    assert invoice.content.startswith(b"%PDF") and b"20.50" in invoice.content
    archived = rumi.http.post("/users/7/orders/archive", headers=rumi.headers(X_Mizan_Protocol=None))
    assert archived.text == "5,20.50,2026-03-01T10:00:00Z\n"
    assert archived.headers["x-mizan-invalidate"].startswith('orders;p="user_id=7";rev=')
    assert [each["id"] for each in rumi.read("orders", user_id=7)["data"]["user_orders"]["items"]] == [6]
    # It has left the list; nobody was told that the order itself changed, and it did not.
    assert rumi.read("order", order_id=5)["data"]["order_detail"]["id"] == 5


def test_calls_at_the_same_time_are_all_made_once_and_none_is_lost(rumi: Visitor) -> None:
    answers: list[httpx.Response] = []

    def order(key: str) -> None:
        answers.append(
            rumi.call("place_order", {"user_id": 7, "lines": [line(7)]}, Idempotency_Key=key)
        )

    keys = [f"{rumi.token}-{each % 4}" for each in range(8)]
    threads = [threading.Thread(target=order, args=[key]) for key in keys]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    made = {answer.json()["result"]["id"] for answer in answers if answer.status_code == 200}
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len(made) == 4
    stock = rumi.read("book", book_id=book_id(7))["data"]["book_detail"]["stock"]
    assert stock == 17 - 4


def test_a_public_bundle_is_the_same_for_everybody_and_sets_no_cookie(rumi: Visitor) -> None:
    mine = rumi.http.get("/ctx/catalog/")
    nobody = httpx.get(f"{rumi.http.base_url}ctx/catalog/")
    assert mine.content == nobody.content
    assert "set-cookie" not in mine.headers and "x-mizan-epoch" not in mine.headers
    assert mine.headers["vary"] == "Accept-Encoding"
    assert mine.headers["cdn-cache-control"] == "public, max-age=300, stale-while-revalidate=60"


def test_the_document_is_served_and_its_fingerprint_is_in_every_answer(visitor: Visitor) -> None:
    document = visitor.http.get("/openapi.json").json()
    assert document["x-mizan"]["fingerprint"] == visitor.http.get("/session/").headers["x-mizan-schema"]


class TestControls:
    """The endpoints for tests."""

    def test_answers_below_a_path_fail_as_often_as_ordered(self, visitor: Visitor) -> None:
        visitor.http.post("/test/fail", json={"path": "/ctx/catalog/", "status": 503, "times": 2})
        statuses = [visitor.http.get("/ctx/catalog/").status_code for _ in range(3)]
        assert statuses == [503, 503, 200]

    def test_reset_brings_back_the_seeds_and_moves_every_revision(self, rumi: Visitor) -> None:
        before = rumi.read("user", user_id=7)
        rumi.call("rename_user", {"user_id": 7, "name": "x"})
        assert rumi.http.post("/test/reset").status_code == 204
        after = rumi.read("user", user_id=7)
        assert after["data"] == before["data"] and after["rev"] > before["rev"]


BAD_JSON = [b"{", b"[]", b'{"user_id": NaN}', b'{"name": "\\ud800"}', b'{"__proto__": {}}', b"\xff", b"[" * 100_000]


@pytest.mark.parametrize("body", BAD_JSON)
def test_bad_bodies_are_problems_and_change_nothing(rumi: Visitor, body: bytes) -> None:
    before = rumi.read("user", user_id=7)
    headers = rumi.headers(Content_Type="application/json")
    answer = rumi.http.post("/call/rename_user", content=body, headers=headers)
    assert problem_of(answer) == (400, "malformed")
    assert rumi.read("user", user_id=7) == before


@pytest.mark.parametrize(
    ("method", "path", "problem"),
    [
        ("POST", "/call/nothing", (404, "unknown_function")),
        ("POST", "/call/__proto__", (404, "unknown_function")),
        ("GET", "/ctx/nothing/", (404, "unknown_context")),
        ("GET", "/elsewhere", (404, "not_found")),
        ("GET", "/call/rename_user", (405, "method")),
        ("DELETE", "/ctx/me/", (405, "method")),
        ("PATCH", "/session/", (405, "method")),
        ("GET", "/ctx/catalog/?page=1&page=2", (400, "malformed")),
        ("GET", "/ctx/catalog/?page=0", (422, "validation")),
        ("GET", "/ctx/catalog/?page=501", (422, "validation")),
        ("GET", "/ctx/catalog/?tags=%ED%A0%80", (400, "malformed")),
        ("GET", "/ctx/catalog/?filter=%7B%22max_price%22%3A%22NaN%22%7D", (422, "validation")),
        ("GET", "/ctx/catalog/?filter=" + "%5B" * 200, (400, "malformed")),
        ("GET", "/ctx/user/", (422, "validation")),
        ("GET", "/ctx/catalog/?x=" + "x" * 9000, (414, "too_large")),
    ],
)
def test_bad_addresses_are_problems(rumi: Visitor, method: str, path: str, problem: tuple[int, str]) -> None:
    answer = rumi.http.request(method, path, headers=rumi.headers())
    assert problem_of(answer) == problem
    if answer.status_code == 405:
        assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"Sec_Fetch_Site": "cross-site"}, (403, "csrf_failed")),
        ({"Origin": "https://evil.example"}, (403, "csrf_failed")),
        ({"Origin": "null"}, (403, "csrf_failed")),
        ({"X_CSRFToken": None}, (403, "csrf_failed")),
        ({"X_CSRFToken": "x" * 64}, (403, "csrf_failed")),
        ({"X_Mizan_Protocol": None}, (400, "protocol_unsupported")),
        ({"Content_Type": "text/plain"}, (415, "content_type")),
    ],
)
def test_forged_calls_are_problems_and_change_nothing(
    rumi: Visitor, changes: dict[str, str | None], problem: tuple[int, str]
) -> None:
    before = rumi.read("user", user_id=7)
    headers = {name: value for name, value in rumi.headers(**{"Content_Type": "application/json", **changes}).items()}
    if changes.get("X_CSRFToken", "") is None:
        headers.pop("X-CSRFToken", None)
    answer = rumi.http.post("/call/rename_user", content=b'{"user_id": 7, "name": "x"}', headers=headers)
    assert problem_of(answer) == problem
    assert rumi.read("user", user_id=7) == before


def test_a_page_of_the_own_origin_may_post_where_the_browser_says_no_more(rumi: Visitor) -> None:
    own = str(rumi.http.base_url).rstrip("/")
    assert rumi.call("rename_user", {"user_id": 7, "name": "x"}, Origin=own).status_code == 200


def test_a_chunked_body_beyond_the_limit_is_413(rumi: Visitor) -> None:
    def chunks() -> Any:
        for _ in range(20):
            yield b" " * 65_536

    headers = rumi.headers(Content_Type="application/json")
    answer = rumi.http.post("/call/rename_user", content=chunks(), headers=headers)
    assert problem_of(answer) == (413, "too_large")
