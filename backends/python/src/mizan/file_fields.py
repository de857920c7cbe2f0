"""Finds the files in the arguments of a function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from .file import File, FileLimits
from .function import FileField, Segments
from .signature import Argument, annotations_of, strip_optional


def find_files(arguments: tuple[Argument, ...]) -> tuple[FileField, ...]:
    """Files among the arguments and in the models that they hold, in order."""
    return tuple(
        file
        for argument in arguments
        for file in _files_at((argument.name,), argument.annotation, FileLimits(), ())
    )


def _files_at(
    path: Segments, annotation: Any, limits: FileLimits, seen: tuple[Any, ...]
) -> Iterator[FileField]:
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
        limits = next((each for each in metadata if isinstance(each, FileLimits)), limits)
    annotation, _ = strip_optional(annotation)
    if get_origin(annotation) is Annotated:
        yield from _files_at(path, annotation, limits, seen)
    elif get_origin(annotation) is list:
        yield from (
            FileField(file.path, True, file.max_bytes, file.max_count, file.accept)
            for file in _files_at(path, get_args(annotation)[0], limits, seen)
            if file.path == path
        )
    elif isinstance(annotation, type) and issubclass(annotation, File):
        yield FileField(path, False, limits.max_bytes, limits.max_count, tuple(limits.accept))
    elif (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation not in seen
    ):
        for name, inner in annotations_of(annotation).items():
            yield from _files_at((*path, name), inner, FileLimits(), (*seen, annotation))


def holds_file(annotation: Any) -> bool:
    """Whether a value of the annotation may be or hold a file."""
    if isinstance(annotation, type) and issubclass(annotation, File):
        return True
    return any(holds_file(each) for each in get_args(annotation)) or any(
        True for _ in _files_at((), annotation, FileLimits(), ())
    )
