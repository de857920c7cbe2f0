"""What a registry complains about."""

from __future__ import annotations

import pytest

import mizan
from mizan.finding import Finding


def errors_of(registry: mizan.Registry) -> list[Finding]:
    """The errors; the test fails where there are none."""
    with pytest.raises(mizan.RegistryError) as caught:
        registry.check()
    return list(caught.value.findings)


def error_of(registry: mizan.Registry) -> Finding:
    """The only error."""
    [finding] = errors_of(registry)
    return finding
