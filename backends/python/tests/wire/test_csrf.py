"""Protocol 3.7: the checks before every POST, in their order, and the whole matrix of them."""

from __future__ import annotations

import asyncio
import itertools

import mizan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.wire.csrf import CsrfPolicy, make_token, verify_token
from tests.wire.stage import ORIGIN, Answer, Stage

FOREIGN = "https://evil.example"
TRUSTED = "https://admin.example"


def stage(policy: CsrfPolicy | None = None) -> tuple[Stage, list[str]]:
    registry = mizan.Registry()
    runs: list[str] = []

    @registry.client(context="shelf", auth="none")
    def shelf() -> int:
        return 1

    @registry.client(auth="none", affects="shelf")
    def change(name: str) -> None:
        runs.append(name)

    @registry.client(auth="none", affects="shelf", csrf=False)
    def hook(name: str) -> None:
        runs.append(name)

    @registry.view("/shelf/empty", method="POST", produces="text/plain", auth="none", affects="shelf")
    def empty() -> str:
        runs.append("view")
        return "done"

    return Stage(registry, policy=policy or CsrfPolicy(frozenset([TRUSTED]))), runs


SITES = [None, "same-origin", "same-site", "cross-site", "none"]
ORIGINS = [None, ORIGIN, TRUSTED, FOREIGN, "null"]
TOKENS = ["right", "wrong", "none", "other session", "garbage"]


def expected(site: str | None, origin: str | None, token: str) -> bool:
    """The rules once more, as the protocol has them."""
    if site is not None:
        allowed = site == "same-origin" or (site == "same-site" and origin in (ORIGIN, TRUSTED))
    else:
        allowed = origin in (None, ORIGIN, TRUSTED)
    return allowed and token == "right"


@pytest.mark.parametrize(("site", "origin", "token"), list(itertools.product(SITES, ORIGINS, TOKENS)))
def test_a_call_by_cookie_passes_only_from_an_allowed_page_and_with_the_token(
    site: str | None, origin: str | None, token: str
) -> None:
    at, runs = stage()
    tokens = {
        "right": make_token(b"secret", "7"),
        "wrong": make_token(b"another secret", "7"),
        "other session": make_token(b"secret", "8"),
        "garbage": "%%%",
        "none": None,
    }
    answer = at.call(
        "change", {"name": "x"}, sec_fetch_site=site, origin=origin, x_csrftoken=tokens[token]
    )
    if expected(site, origin, token):
        assert answer.status == 200 and runs == ["x"]
    else:
        assert answer.problem == (403, "csrf_failed") and runs == []


@pytest.mark.parametrize("site", SITES)
def test_same_site_passes_where_it_is_configured(site: str | None) -> None:
    at, _ = stage(CsrfPolicy(same_site=True))
    answer = at.call("change", {"name": "x"}, sec_fetch_site=site, origin=None)
    assert (answer.status == 200) is (site in (None, "same-origin", "same-site"))


def test_the_token_is_asked_of_visitors_too_so_that_nobody_is_signed_in_as_somebody_else() -> None:
    at, runs = stage()
    assert at.call("change", {"name": "x"}, cookie=None, x_csrftoken=None).problem == (403, "csrf_failed")
    assert runs == []


@pytest.mark.parametrize(
    ("authorization", "cookie", "passes"),
    [
        ("Bearer 7", None, True),
        ("Bearer 7", "theme=dark", True),
        ("Bearer 7", "session=user", False),
        ("Basic 7", None, False),
        ("Negotiate 7", None, False),
    ],
)
def test_bearer_only_requests_need_neither_origin_nor_token(
    authorization: str, cookie: str | None, passes: bool
) -> None:
    at, runs = stage()
    answer = at.call(
        "change",
        {"name": "x"},
        authorization=authorization,
        cookie=cookie,
        x_csrftoken=None,
        sec_fetch_site="cross-site",
        origin=FOREIGN,
    )
    assert (answer.status == 200) is passes
    assert runs == (["x"] if passes else [])


def test_a_function_declared_csrf_false_needs_no_token_but_the_header_and_the_page_still_count() -> None:
    at, _ = stage()
    assert at.call("hook", {"name": "x"}, x_csrftoken=None).status == 200
    assert at.call("hook", {"name": "x"}, x_csrftoken=None, origin=FOREIGN, sec_fetch_site=None).problem == (403, "csrf_failed")
    assert at.call("hook", {"name": "x"}, x_mizan_protocol=None).problem == (400, "protocol_unsupported")


def test_the_checks_come_in_order_method_content_type_protocol_page_token_and_then_the_input() -> None:
    at, runs = stage()
    wrong = {
        "content_type": "text/plain",
        "x_mizan_protocol": None,
        "sec_fetch_site": "cross-site",
        "x_csrftoken": None,
    }
    url, body = "/call/change", b"not json"

    def send(method: str = "POST") -> Answer:
        return asyncio.run(at.send(method, url, body, at.browser_headers(**wrong)))

    got = send("PUT")
    assert got.problem == (405, "method") and got.headers["Allow"] == "POST"
    assert send().problem == (415, "content_type")
    wrong["content_type"] = "application/json"
    assert send().problem == (400, "protocol_unsupported")
    wrong["x_mizan_protocol"] = "1"
    assert send().json["detail"] == "The request comes from a page of another site"
    wrong["sec_fetch_site"] = "same-origin"
    assert send().problem == (403, "csrf_failed")
    del wrong["x_csrftoken"]
    assert send().problem == (400, "malformed")
    assert runs == []


def test_another_version_of_the_protocol_is_400_and_says_which_is_spoken() -> None:
    at, _ = stage()
    answer = at.call("change", {"name": "x"}, x_mizan_protocol="2")
    assert answer.problem == (400, "protocol_unsupported") and answer.json["supported"] == [1]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None])
def test_what_a_form_of_another_site_can_send_is_415(content_type: str | None) -> None:
    at, runs = stage()
    assert at.call("change", {"name": "x"}, content_type=content_type).problem == (415, "content_type")
    assert runs == []


class TestViews:
    """Excepted from X-Mizan-Protocol, and from nothing else."""

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({}, 200),
            ({"x_mizan_protocol": None, "content_type": None}, 200),
            ({"x_csrftoken": None}, 403),
            ({"sec_fetch_site": "cross-site"}, 403),
            ({"content_type": "image/png"}, 415),
        ],
    )
    def test_a_posted_view_is_checked(self, changes: dict[str, str | None], status: int) -> None:
        at, runs = stage()
        answer = asyncio.run(at.send("POST", "/shelf/empty", b"", at.browser_headers(**changes)))
        assert answer.status == status
        assert runs == (["view"] if status == 200 else [])

    def test_a_plain_form_sends_the_token_as_a_field(self) -> None:
        at, runs = stage()
        headers = at.browser_headers(
            x_csrftoken=None, content_type="application/x-www-form-urlencoded", x_mizan_protocol=None
        )
        body = f"csrf_token={make_token(b'secret', '7')}".encode()
        assert asyncio.run(at.send("POST", "/shelf/empty", body, headers)).status == 200
        assert asyncio.run(at.send("POST", "/shelf/empty", b"csrf_token=x", headers)).status == 403
        assert runs == ["view"]


@pytest.mark.parametrize("origin", ["https://shop.example/", "shop.example", "https://*.example", "HTTPS://shop.example"])
def test_an_origin_that_no_browser_would_send_is_refused_when_the_app_is_set_up(origin: str) -> None:
    with pytest.raises(ValueError, match="is no origin"):
        CsrfPolicy(frozenset([origin]))


@given(st.binary(min_size=1, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_a_token_is_good_for_its_session_only_and_never_looks_the_same(
    secret: bytes, session: str, other: str
) -> None:
    token = make_token(secret, session)
    assert verify_token(secret, session, token)
    assert verify_token(secret, other, token) is (other == session)
    assert make_token(secret, session) != token


@given(st.text(max_size=80))
def test_any_text_as_a_token_is_refused_without_a_failure(text: str) -> None:
    assert not verify_token(b"secret", "7", text)
