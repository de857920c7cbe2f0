"""Files of multipart calls, whatever the framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class File:
    """An uploaded file. Annotate a parameter or a field of the input with it, or with `list[File]`.

    `content_type` is what the client says; check the content before you trust it.
    """

    __slots__ = ("content_type", "filename", "size", "stream")

    def __init__(self, stream: BinaryIO, *, filename: str, content_type: str, size: int) -> None:
        self.stream = stream
        self.filename = filename
        self.content_type = content_type
        self.size = size

    def read(self) -> bytes:
        """The whole content, from its beginning."""
        self.stream.seek(0)
        return self.stream.read()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "contentMediaType": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Put beside the type: `Annotated[File, FileLimits(max_bytes=5_000_000, accept=("image/png",))]`."""

    max_bytes: int | None = None
    max_count: int | None = None
    accept: tuple[str, ...] = ()
