"""A contract with a public, a private and an unstored context, to read from."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Annotated

import mizan
from pydantic import BaseModel, Field

from tests.wire.stage import Answer, Stage


class Filter(BaseModel):
    author: str | None = None
    max_price: int | None = None


class Broken(mizan.Error, code="broken_pipe", status=503):
    """The address service does not answer."""


class Library:
    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.seen: list[mizan.Request] = []
        self.during_read: Callable[[], None] = lambda: None
        registry = mizan.Registry()
        registry.context("open", cache="public", ttl=300, swr=60, tags=["books"])
        registry.context("own", cache="private", ttl=60, scopes=[["user_id"]])
        registry.context("secret", cache="none")

        @registry.client(context="open", auth="none")
        def books(
            request: mizan.Request,
            tags: list[str] = [],  # noqa: B006
            filter: Filter | None = None,
            page: Annotated[int, Field(ge=1, le=500)] = 1,
        ) -> list[str]:
            self.seen.append(request)
            return [f"{page}", *tags]

        @registry.client(context="own")
        async def profile(request: mizan.Request, user_id: int) -> dict[str, int]:
            self.seen.append(request)
            self.during_read()
            return self.value("profile", user_id)

        @registry.client(context="own", errors=[Broken])
        def addresses(user_id: int) -> dict[str, int]:
            return self.value("addresses", user_id)

        @registry.client(context="own", auth="optional")
        def notes() -> dict[str, int]:
            return self.value("notes", 0)

        @registry.client(context="secret")
        def diary() -> str:
            return "nobody's business"

        self.stage = Stage(registry)

    def value(self, slot: str, number: int) -> dict[str, int]:
        if slot in self.failing:
            raise Broken()
        return {"number": number}

    def get(self, url: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.stage.get(url, {"cookie": "session=user", **named})

    def post(self, url: str, body: object, **headers: str | None) -> Answer:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        changes = {"x_csrftoken": None, "sec_fetch_site": None, "origin": None, **headers}
        return asyncio.run(
            self.stage.send("POST", url, text, self.stage.browser_headers(**changes))
        )
