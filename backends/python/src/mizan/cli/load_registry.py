"""Finds the registry that a command names."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from types import ModuleType
from typing import Any

from ..finding import listed, nearest
from ..registry import Registry
from .command_error import CommandError

_FORM = "write module:registry, for example: python -m mizan export shop.functions:registry"


def load_registry(target: str) -> Registry:
    """The registry at `module:name`; a function without arguments is called for it. Modules are found from the working directory too."""
    module_name, colon, name = target.partition(":")
    if not colon or not module_name or not name:
        raise CommandError(f'"{target}" names no registry', _FORM, status=2)
    if module_name.endswith(".py") or "/" in module_name or os.sep in module_name:
        dotted = module_name.removesuffix(".py").replace("/", ".").replace(os.sep, ".").strip(".")
        raise CommandError(
            f'"{module_name}" is a path', f"write the module with dots: {dotted}:{name}", status=2
        )
    return _registry(_module(module_name), name, target)


def _module(name: str) -> ModuleType:
    here = os.getcwd()
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise CommandError(
                f'there is no module "{error.name}"',
                f"run the command where `import {name}` works, or set PYTHONPATH",
            ) from None
        raise _broken(name, error) from None
    except Exception as error:
        raise _broken(name, error) from None


def _broken(name: str, error: Exception) -> CommandError:
    """The last lines of the traceback say where the module fails; the import machinery above them says nothing."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "importlib" not in frame.filename
    ][1:]
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    what = "".join(traceback.format_exception_only(error)).strip()
    return CommandError(f'importing "{name}" fails{place}: {what}', "mend the module first")


def _registry(module: ModuleType, path: str, target: str) -> Registry:
    value: Any = module
    for name in path.split("."):
        if not hasattr(value, name):
            known = [each for each in dir(value) if not each.startswith("_")]
            raise CommandError(
                f'"{target}": {module.__name__} has no "{path}"{nearest(name, known)}',
                _registries(module),
            )
        value = getattr(value, name)
    if callable(value) and not isinstance(value, Registry | type):
        try:
            value = value()
        except TypeError as error:
            raise CommandError(
                f'"{target}" cannot be called for a registry: {error}',
                "name a registry, or a function without arguments",
            ) from None
    if not isinstance(value, Registry):
        raise CommandError(
            f'"{target}" is a {type(value).__name__}, not a mizan.Registry', _registries(module)
        )
    return value


def _registries(module: ModuleType) -> str:
    names = [name for name, value in vars(module).items() if isinstance(value, Registry)]
    return f"registries of the module: {listed(names)}" if names else "the module holds no registry"
