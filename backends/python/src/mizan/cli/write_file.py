"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .command_error import CommandError


def write_file(path: Path, text: str) -> bool:
    """Replaces the file in one step; False where it held that text already, and is left alone."""
    data = text.encode()
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise CommandError(f'"{path}" is a directory', "name a file: -o schema.json")
        if target.exists() and not target.is_file():
            # A pipe or a device: there is nothing to replace.
            target.write_bytes(data)
            return True
        if target.is_file() and target.read_bytes() == data:
            return False
        _replace(target, data)
    except OSError as error:
        raise CommandError(
            f'cannot write "{path}": {error.strerror}', _way_out(path, error)
        ) from None
    return True


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _way_out(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f'make the directory "{path.parent}" first'
    return "write it elsewhere, or change the permissions"
