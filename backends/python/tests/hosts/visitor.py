"""A client of a running bookshop."""

from __future__ import annotations

import json
from typing import Any

import httpx


class Visitor:
    """One browser: a cookie jar, and the token of its session."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        self.token = ""

    def start_session(self) -> dict[str, Any]:
        session: dict[str, Any] = self.http.get("/session/").json()
        self.token = session["csrf"]["token"]
        self.token_header: str = session["csrf"]["header"]
        return session

    def sign_in(self, email: str = "rumi@shop.example", password: str = "masnavi") -> httpx.Response:
        self.start_session()
        answer = self.call("login", {"email": email, "password": password})
        if answer.status_code == 200:
            self.start_session()
        return answer

    def headers(self, **changes: str | None) -> dict[str, str]:
        headers: dict[str, str | None] = {
            "X-Mizan-Protocol": "1",
            self.token_header: self.token,
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }
        return {name: value for name, value in headers.items() if value is not None}

    def call(self, function: str, given: Any = None, **changes: str | None) -> httpx.Response:
        headers = self.headers(**{"Content_Type": "application/json", **changes})
        return self.http.post(f"/call/{function}", content=json.dumps(given), headers=headers)

    def read(self, context: str, **params: Any) -> Any:
        answer = self.http.get(f"/ctx/{context}/", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; fails for an answer that is no problem document."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    assert answer.headers["cache-control"] == "no-store"
    document = answer.json()
    assert document["status"] == answer.status_code and document["title"]
    assert "Traceback" not in answer.text and "File \"" not in answer.text
    return answer.status_code, document["code"]


def book_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"
