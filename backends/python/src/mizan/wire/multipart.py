"""Multipart calls (protocol 3.10): a part `payload` with the input as JSON, and the declared files, each in a part named by its path."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from mizan.file import File
from mizan.function import FileField
from mizan.refused import FieldError

from .file_type import contradicts
from .limits import Limits
from .media_type import accepts, media_type
from .problem import Problem

_IN_MEMORY = 262_144


@dataclass(slots=True)
class Upload:
    """What a multipart call carries. Close it when the call has ended."""

    payload: bytes | None = None
    files: dict[str, File] = field(default_factory=dict[str, File])
    """By the name of the part."""
    digests: dict[str, str] = field(default_factory=dict[str, str])

    def close(self) -> None:
        for file in self.files.values():
            file.stream.close()


@dataclass(slots=True)
class _Part:
    name: str
    declared: FileField | None
    """None: the payload."""
    limit: int
    stream: BinaryIO
    filename: str = ""
    content_type: str = ""
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


async def read_multipart(
    content_type: str, body: AsyncIterator[bytes], files: Sequence[FileField], limits: Limits
) -> Upload:
    """Reads the body as it comes. A part that is not declared, or grows too large, ends it at once.

    Raises `Problem`: 400 `malformed`, 413 `too_large`, 422 for a file of a type that is not accepted.
    """
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Problem("malformed", "The Content-Type names no boundary")
    reader = _Reader(files, limits)
    try:
        parser = MultipartParser(boundary, cast(Any, reader.callbacks()))
        async for chunk in body:
            parser.write(chunk)
        parser.finalize()
        if not reader.ended:
            raise Problem("malformed", "The multipart body ends too early")
    except BaseException as error:
        reader.close()
        if isinstance(error, FormParserError):
            raise Problem("malformed", "Not a multipart body") from None
        raise
    return reader.upload


def place_files(payload: Any, upload: Upload, fields: Sequence[FileField]) -> Any:
    """The input with its files where the payload holds null. Changes and returns `payload`."""
    for each in fields:
        name = ".".join(map(str, each.path))
        if each.multiple:
            parts = sorted(
                (int(part.rpartition(".")[2]), file)
                for part, file in upload.files.items()
                if part.rpartition(".")[0] == name
            )
            if not parts:
                continue
            value: Any = [file for _, file in parts]
        elif name in upload.files:
            value = upload.files[name]
        else:
            continue
        at = payload
        for step in each.path[:-1]:
            at = _member(at, step)
        last = each.path[-1]
        if _member(at, last) not in (None, [], [None] * (len(value) if each.multiple else 0)):
            raise Problem("malformed", f"The payload must hold null where the part {name} belongs")
        at[last] = value
    return payload


def _member(value: Any, step: str | int) -> Any:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    raise Problem("malformed", "A file has no place in the payload")


class _Reader:
    """The events of the parser."""

    def __init__(self, files: Sequence[FileField], limits: Limits) -> None:
        self.upload = Upload()
        self.ended = False
        self._files = {".".join(map(str, each.path)): each for each in files}
        self._limits = limits
        self._headers: dict[str, bytes] = {}
        self._header_name = b""
        self._header_value = b""
        self._part: _Part | None = None

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._take_name,
            "on_header_value": self._take_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._write,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        if self._part is not None:
            self._part.stream.close()
        self.upload.close()

    def _begin(self) -> None:
        self._headers = {}

    def _take_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _open(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        each = self._declared(name)
        if name in self.upload.files or (each is None and self.upload.payload is not None):
            raise Problem("malformed", "A part of the body is there twice")
        limit = self._limits.body_bytes
        if each is not None and each.max_bytes is not None:
            limit = each.max_bytes
        self._part = _Part(
            name,
            each,
            limit,
            cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY)),
            options.get(b"filename", b"").decode("utf-8", "replace"),
            media_type(self._headers.get("content-type", b"").decode("latin-1")),
        )

    def _declared(self, name: str) -> FileField | None:
        if name == "payload":
            return None
        if (each := self._files.get(name)) and not each.multiple:
            return each
        stem, _, index = name.rpartition(".")
        each = self._files.get(stem)
        if each is None or not each.multiple or not (index.isascii() and index.isdigit()):
            raise Problem("malformed", "A part of the body is not declared")
        if int(index[:9]) >= (each.max_count or self._limits.array):
            raise Problem("too_large", f"Too many files in {stem}")
        return each

    def _write(self, data: bytes, start: int, end: int) -> None:
        part = cast(_Part, self._part)
        part.size += end - start
        if part.size > part.limit:
            raise Problem("too_large", f"The part {part.name} has more than {part.limit} bytes")
        chunk = data[start:end]
        part.stream.write(chunk)
        part.digest.update(chunk)

    def _end(self) -> None:
        part, self._part = cast(_Part, self._part), None
        part.stream.seek(0)
        if part.declared is None:
            self.upload.payload = part.stream.read()
            part.stream.close()
            return
        file = File(
            part.stream, filename=part.filename, content_type=part.content_type, size=part.size
        )
        self.upload.files[part.name] = file
        self.upload.digests[part.name] = part.digest.hexdigest()
        _check_type(part.name, part.declared, file)

    def _finish(self) -> None:
        self.ended = True


def _check_type(name: str, declared: FileField, file: File) -> None:
    content_type = file.content_type or "application/octet-stream"
    taken = not declared.accept or any(accepts(each, content_type) for each in declared.accept)
    head = file.stream.read(16)
    file.stream.seek(0)
    if taken and not (declared.accept and contradicts(content_type, head)):
        return
    path = tuple(int(step) if step.isdigit() else step for step in name.split("."))
    wanted = ", ".join(declared.accept)
    raise Problem("validation", errors=[FieldError(path, "file_type", f"Send a file of type {wanted}")])
