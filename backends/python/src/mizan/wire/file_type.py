"""What the first bytes of a file say about its type."""

from __future__ import annotations

_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF8",),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF",),
    "application/zip": (b"PK",),
}


def contradicts(media: str, head: bytes) -> bool:
    """Whether a file that says it is a picture, say, is something else. Types without a signature are believed."""
    signatures = _SIGNATURES.get(media)
    return signatures is not None and not head.startswith(signatures)
