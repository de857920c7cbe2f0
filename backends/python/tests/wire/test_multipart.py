"""Protocol 3.10, multipart."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import mizan
import pytest

from tests.wire.stage import Answer, Stage

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 40
Part = tuple[str, bytes, str | None]
Image = Annotated[mizan.File, mizan.FileLimits(max_bytes=1000, accept=("image/png",))]


class Album:
    def __init__(self) -> None:
        self.kept: list[Any] = []
        registry = mizan.Registry()

        @registry.client(context="album")
        def album() -> int:
            return 1

        @registry.client(affects="album")
        def keep(title: str, image: Image) -> str:
            self.kept.append((title, image.read(), image.filename, image.content_type, image.size))
            return title

        @registry.client(affects="album")
        def keep_all(
            pages: Annotated[list[mizan.File], mizan.FileLimits(max_bytes=1000, max_count=3)],
        ) -> int:
            self.kept.append([page.read() for page in pages])
            return len(pages)

        @registry.client(affects="album", idempotent=True)
        def keep_once(image: mizan.File) -> None:
            self.kept.append(image.read())

        self.stage = Stage(registry)

    def send(self, function: str, parts: list[Part], query: str = "", **changes: str | None) -> Answer:
        return self.send_raw(function, encode(parts), query, **changes)

    def send_raw(self, function: str, body: bytes, query: str = "", **changes: str | None) -> Answer:
        headers = self.stage.browser_headers(
            **{"content_type": "multipart/form-data; boundary=cut", **changes}
        )
        return asyncio.run(self.stage.send("POST", f"/call/{function}{query}", body, headers))


def encode(parts: list[Part]) -> bytes:
    body = b""
    for name, content, media in parts:
        filename = "" if media is None else f'; filename="{name}.bin"'
        head = f'--cut\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n'
        typed = "" if media is None else f"Content-Type: {media}\r\n"
        body += f"{head}{typed}\r\n".encode() + content + b"\r\n"
    return body + b"--cut--\r\n"


def payload(value: Any) -> Part:
    return ("payload", json.dumps(value).encode(), None)


@pytest.fixture
def album() -> Album:
    return Album()


def test_a_file_takes_the_place_of_null_in_the_payload_in_any_order_of_parts(album: Album) -> None:
    given, image = payload({"title": "t", "image": None}), ("image", PNG, "image/png")
    for parts in ([given, image], [image, given]):
        assert album.send("keep", parts).json["result"] == "t"
    assert album.kept == [("t", PNG, "image.bin", "image/png", len(PNG))] * 2


def test_a_list_of_files_is_put_in_order_of_the_names_of_its_parts(album: Album) -> None:
    parts = [
        ("pages.1", b"second", "text/plain"),
        payload({"pages": [None, None]}),
        ("pages.0", b"first", "text/plain"),
    ]
    assert album.send("keep_all", parts).json["result"] == 2
    assert album.kept == [[b"first", b"second"]]


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([("image", PNG, "image/png")], (400, "malformed")),
        ([payload({"title": "t", "image": None}), ("other", b"x", "image/png")], (400, "malformed")),
        ([payload({"title": "t", "image": None}), ("image.name", b"x", "image/png")], (400, "malformed")),
        ([payload({"title": "t", "image": None}), ("__proto__.x", b"x", None)], (400, "malformed")),
        ([payload({}), payload({})], (400, "malformed")),
        ([payload({"title": "t", "image": None})] + [("image", PNG, "image/png")] * 2, (400, "malformed")),
        ([payload({"title": "t", "image": "text"}), ("image", PNG, "image/png")], (400, "malformed")),
        ([payload([]), ("image", PNG, "image/png")], (400, "malformed")),
        ([("payload", b"{", None)], (400, "malformed")),
        ([payload({"title": "t", "image": None})], (422, "validation")),
        ([payload({"title": "t", "image": None}), ("image", PNG * 5, "image/png")], (413, "too_large")),
        ([payload({"title": "t" * 1_048_576}), ("image", PNG, "image/png")], (413, "too_large")),
        ([payload({"title": "t", "image": None}), ("image", PNG, "text/html")], (422, "validation")),
        ([payload({"title": "t", "image": None}), ("image", b"<html>", "image/png")], (422, "validation")),
    ],
)
def test_what_is_not_declared_too_large_or_something_else_is_refused(
    album: Album, parts: list[Part], problem: tuple[int, str]
) -> None:
    assert album.send("keep", parts).problem == problem
    assert album.kept == [] and album.stage.record == []


def test_more_files_than_declared_and_names_that_are_no_index_are_refused(album: Album) -> None:
    given = payload({"pages": []})
    assert album.send("keep_all", [given, ("pages.3", b"x", "text/plain")]).problem == (413, "too_large")
    assert album.send("keep_all", [given, ("pages.x", b"x", "text/plain")]).problem == (400, "malformed")
    assert album.send("keep_all", [given, ("pages.99999999999999999999", b"x", None)]).status == 413


@pytest.mark.parametrize("cut", [3, 10, 60, 120, 200, 300])
def test_a_body_that_ends_early_is_refused(album: Album, cut: int) -> None:
    body = encode([payload({"title": "t", "image": None}), ("image", PNG, "image/png")])
    assert album.send_raw("keep", body[:-cut]).problem == (400, "malformed")
    assert album.kept == []


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary="])
def test_a_body_without_a_boundary_is_refused(album: Album, content_type: str) -> None:
    assert album.send("keep", [payload({})], content_type=content_type).problem == (400, "malformed")


def test_a_function_with_files_takes_no_json(album: Album) -> None:
    assert album.send_raw("keep", b"{}", content_type="application/json").problem == (415, "content_type")


def test_validation_only_needs_no_files(album: Album) -> None:
    assert album.send("keep", [payload({"title": "t", "image": None})], "?_validate=1").status == 204
    json_body = b'{"title": 5, "image": null}'
    answer = album.send_raw("keep", json_body, "?_validate=1", content_type="application/json")
    assert [each["path"] for each in answer.json["errors"]] == [["title"]]
    assert album.kept == []


def test_the_digest_of_a_file_is_part_of_the_payload_of_an_idempotent_call(album: Album) -> None:
    def send(content: bytes) -> Answer:
        parts = [payload({"image": None}), ("image", content, "text/plain")]
        return album.send("keep_once", parts, idempotency_key="k")

    assert send(b"one").status == 200
    assert send(b"one").headers["X-Mizan-Replay"] == "1"
    assert send(b"two").problem == (422, "idempotency_key_reused")
    assert album.kept == [b"one"]
