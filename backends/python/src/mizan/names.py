"""Names that the protocol allows (P8), and those that fall together in TypeScript (E101)."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,127}")
CONTEXT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,127}")
MODULE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")
TAG = re.compile(r"[a-z0-9][a-z0-9._-]{0,127}")

RESERVED = frozenset(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype then toJSON toLocaleString toString valueOf".split()
)
"""Members of every JavaScript object, and `then`, which would make a bundle a promise."""

GENERIC = frozenset(
    "after before code cursor date filter from id ids key kind lang limit locale name offset order order_by page page_size per_page pk "
    "q query search size slug sort state status title to type uuid".split()
)
"""Names that say nothing about what they identify: never bound by name alone (protocol 2.4, step 2)."""


def is_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and text not in RESERVED


def is_context_name(text: str) -> bool:
    return CONTEXT_NAME.fullmatch(text) is not None and text not in ("constructor", "prototype")


def name_help(text: str) -> str:
    """How to mend a name that is not allowed."""
    if text in RESERVED:
        return "rename it: every JavaScript object has a member of this name, or is called by it"
    if text.startswith("_"):
        return "rename it: names that start with _ belong to the protocol"
    return "use letters, digits and _, beginning with a letter"


def pascal_case(name: str) -> str:
    """`place_order` is `PlaceOrder`; capitals inside a word are kept."""
    return "".join(word[0].upper() + word[1:] for word in _words(name))


def camel_case(name: str) -> str:
    """As the generator writes it: `place_order` and `placeOrder` are one name in TypeScript."""
    first, *rest = _words(name)
    capitals = re.match(r"[A-Z]+", first)
    if capitals is not None:
        length = len(capitals[0])
        if length > 1 and first[length : length + 1].islower():
            length -= 1
        first = first[:length].lower() + first[length:]
    text = first
    for word in rest:
        both_numbers = text[-1].isdigit() and word[0].isdigit()
        text += ("_" if both_numbers else "") + word[0].upper() + word[1:]
    return text


def _words(name: str) -> list[str]:
    words = [word for word in re.split(r"[^A-Za-z0-9]+", name) if word] or [name]
    if len(words) > 1 and not any(character.islower() for character in name):
        return [word[0] + word[1:].lower() for word in words]
    return words
