"""A registry with something of everything, for the document."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

import mizan

from .models import Removed, User, UserPage


class Settings(BaseModel):
    """How a user wants it."""

    theme: Literal["light", "dark"] = "light"
    """Comes back always, may be left out when sent."""
    limit: Annotated[int, Field(le=100)] = 10
    title: str = Field("", title="The title", description="Shown above.")
    parent: Settings | None = None


class Filter(BaseModel):
    since: datetime | None = None
    max_price: Decimal | None = None


class Profile(BaseModel):
    name: str
    title: str


class Gone(mizan.Error, code="gone_away", status=410):
    """It is gone."""


class Taken(mizan.Error, code="taken", status=409):
    by: User


class Locked(mizan.Error, code="locked", status=409):
    pass


def kitchen_sink(base: str = "/api/", session_path: str | None = "/session/") -> mizan.Registry:
    registry = mizan.Registry(title="Sink", version="2.0.0", base=base, session_path=session_path)
    registry.context(
        "catalog",
        cache="public",
        ttl=5,
        swr=6,
        tags=["cat"],
        vary=["Accept-Language"],
        summary="Books.",
    )
    registry.context(
        "user.settings", cache="none", deprecated=mizan.Deprecated(message="Use user.")
    )

    @registry.client(
        context="catalog", auth="none", key="id", pagination=mizan.cursor_pages(), tags=["a"]
    )
    def users(filter: Filter | None = None, cursor: str | None = None) -> UserPage:
        """Users."""
        raise AssertionError

    @registry.client(context="user.settings", slot="current", errors=[Gone])
    def settings(user_id: int) -> Settings:
        raise AssertionError

    @registry.client(context="user.settings")
    def age(user_id: int, at: datetime | None = None) -> float:
        raise AssertionError

    @registry.client(context="user.settings", optional=True, module="shop.people")
    def friends(user_id: int, ids: list[UUID] = []) -> list[User]:  # noqa: B006
        raise AssertionError

    @registry.client(context="user.settings", stability="internal")
    def secret_query(token: str) -> int:
        raise AssertionError

    @registry.client(context="internal_only", stability="internal")
    def secret_context() -> int:
        raise AssertionError

    @registry.client(stability="internal")
    def secret_mutation() -> None: ...

    @registry.client(
        merge=mizan.Merge("user.settings", on_null="ignore"),
        affects=["internal_only", mizan.Affects("catalog", viewers="self")],
        form=mizan.FormOptions(
            at="settings",
            fields={
                "title": mizan.FormField(
                    widget="text",
                    label="Title",
                    help="?",
                    placeholder="-",
                    order=1,
                    choices=(("a", "A"),),
                ),
                "parent.title": mizan.FormField(sensitive=True),
            },
            initial="settings",
        ),
        errors=[Taken, Locked],
        concurrency="latest",
        stability="experimental",
    )
    async def save(user_id: int, settings: Settings) -> Settings | None:
        raise AssertionError

    @registry.client(
        merge=[
            mizan.Merge(
                "user.settings", slot="friends", mode="upsert", at="end", params=["user_id", "ids"]
            ),
            mizan.Merge("catalog", params=[]),
        ]
    )
    def befriend(user_id: int, ids: list[UUID] = []) -> User:  # noqa: B006
        raise AssertionError

    @registry.client(
        merge=mizan.Merge("catalog", slot="users", mode="remove"), affects="user.settings"
    )
    def ban(user_id: int) -> Removed:
        raise AssertionError

    @registry.client(
        session="change",
        csrf=False,
        auth=mizan.Auth("optional", permissions=("shop.login",)),
        affects=mizan.Affects(
            "user.settings", params={"user_id": mizan.const(7), "at": mizan.from_server()}
        ),
    )
    def login(name: str, password: SecretStr = SecretStr("hunter2")) -> None: ...

    @registry.client(idempotent=True, affects="*")
    def send(
        title: str,
        pages: Annotated[
            list[mizan.File], mizan.FileLimits(max_bytes=10, max_count=3, accept=("image/*",))
        ],
    ) -> mizan.Int64:
        raise AssertionError

    @registry.view("/report/{year}.pdf", produces=["application/pdf", "text/html"], deprecated=True)
    def report(year: int, lang: Literal["en", "de"] = "en") -> bytes:
        raise AssertionError

    @registry.view(
        "/report/{year}", method="POST", produces="text/csv", affects="catalog", auth="none"
    )
    def upload(year: int, profile: Profile) -> str:
        raise AssertionError

    return registry
