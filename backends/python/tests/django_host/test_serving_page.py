"""The snippets of SERVING.md serve."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.test import Client, override_settings

from tests.fastapi_host.test_mount import Page

FASTAPI, DJANGO = re.findall(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "SERVING.md").read_text("utf-8"), re.DOTALL
)


def run(snippet: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(snippet, "SERVING.md", "exec"), names)
    return names


def test_the_app_of_the_page_signs_in() -> None:
    page = Page(run(FASTAPI)["app"]).open()
    assert page.get("/ctx/me/").json()["data"] == {"current_user": None}
    assert page.call("login", b'{"user_id": 7}').status_code == 200
    assert page.get("/ctx/me/").json()["data"]["current_user"]["name"] == "Rumi"
    assert page.get("/openapi.json").json()["x-mizan-functions"]["login"]["session"] == "change"


def test_the_project_of_the_page_answers() -> None:
    with override_settings(ROOT_URLCONF=tuple(run(DJANGO)["urlpatterns"])):
        client = Client()
        assert client.get("/ctx/me/").json()["data"] == {"current_user": None}
        assert "rename" in client.get("/openapi.json").json()["x-mizan-functions"]
