"""The commands."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from ..document.build_document import build_document, print_document
from ..finding import RegistryError
from .command_error import CommandError
from .load_registry import load_registry
from .write_file import write_file


def main(arguments: Sequence[str] | None = None) -> int:
    """0: done; 1: something to mend, or drift; 2: wrong usage."""
    options = _parser().parse_args(arguments)
    # Warnings are printed below, in one form.
    logging.getLogger("mizan").propagate = False
    logging.getLogger("mizan").addHandler(logging.NullHandler())
    try:
        return _export(options.target, options.output, check=options.check)
    except CommandError as error:
        _say(f"mizan: {error.message}")
        if error.help is not None:
            _say(f"    help: {error.help}")
        return error.status
    except RegistryError as error:
        _say(f"mizan: {error}")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mizan", description="Declared functions as a document."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    export = commands.add_parser(
        "export",
        help="write the OpenAPI document of a registry",
        description="Writes the OpenAPI document of a registry, for mizan-gen.",
    )
    export.add_argument("target", help="module:registry, for example shop.functions:registry")
    export.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        help="where to; - is standard output (default)",
    )
    export.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with 1 if the file is not up to date",
    )
    return parser


def _export(target: str, output: str, *, check: bool) -> int:
    if check and output == "-":
        raise CommandError("--check needs a file to compare with", "add -o schema.json", status=2)
    contract = load_registry(target).check()
    for warning in contract.warnings:
        _say(f"warning: {warning}")
    document = build_document(contract)
    text, count = print_document(document), len(document["x-mizan-functions"])
    if output == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return 0
    path = Path(output)
    if check:
        return _compare(path, text, target)
    if write_file(path, text):
        _say(f"{path}: {count} functions")
    else:
        _say(f"{path}: up to date")
    return 0


def _compare(path: Path, text: str, target: str) -> int:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        state = "is not there"
    except OSError as error:
        raise CommandError(f'cannot read "{path}": {error.strerror}') from None
    else:
        if found == text.encode():
            _say(f"{path}: up to date")
            return 0
        state = "is not up to date"
    raise CommandError(
        f"{path} {state}", f"write it anew: python -m mizan export {target} -o {path}"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr)
