"""The README's Python runs, and its error message is what one gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mizan

README = Path(__file__).parents[1] / "README.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.splitlines()[-1])
def test_a_snippet_of_the_readme_runs(snippet: str) -> None:
    names: dict[str, object] = {}
    exec(compile(snippet, str(README), "exec"), names)
    registry = names.get("registry")
    if isinstance(registry, mizan.Registry):
        assert registry.check().functions


def test_the_readme_has_snippets() -> None:
    assert len(SNIPPETS) == 5


def test_the_error_in_the_readme_is_what_one_gets() -> None:
    names: dict[str, object] = {}
    exec(compile(SNIPPETS[0], str(README), "exec"), names)
    registry, user = names["registry"], names["User"]
    assert isinstance(registry, mizan.Registry)

    def user_account(user_id: int) -> None: ...

    user_account.__annotations__["return"] = user
    registry.client(context="user")(user_account)
    with pytest.raises(mizan.RegistryError) as caught:
        registry.check()

    [shown] = re.findall(r"```text\n(E201.*?)```", README.read_text(), re.DOTALL)
    # Places differ: the README shows those of an application.
    place = re.compile(r"\([^()]*:\d+\)")
    assert place.sub("(...)", str(caught.value.findings[0])) == place.sub("(...)", shown.strip())
