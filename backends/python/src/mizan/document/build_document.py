"""The whole document."""

from __future__ import annotations

import json
from typing import Any

from ..contract import Contract
from .entries import entries_of
from .fingerprint import fingerprint_of
from .meta import contexts_of, meta_of
from .paths import bundles_of, paths_of, security_schemes
from .protocol_schemas import PROTOCOL_SCHEMAS
from .public_part import public_part
from .reached_components import reached_components

Json = dict[str, Any]


def build_document(contract: Contract) -> Json:
    """The OpenAPI 3.1 document in the strict form of x-mizan-functions.schema.json. Internal functions are left out."""
    public = public_part(contract)
    paths = paths_of(public)
    available = {**public.schemas.components, **bundles_of(public), **PROTOCOL_SCHEMAS}
    return {
        "openapi": "3.1.0",
        "info": {"title": public.settings.title, "version": public.settings.version},
        "x-mizan": meta_of(public, contract_fingerprint(public), public.settings.producer),
        "x-mizan-functions": entries_of(public),
        "paths": paths,
        "components": {
            "schemas": {
                name: available[name] for name in sorted(reached_components([paths], available))
            },
            "securitySchemes": security_schemes(public),
        },
    }


def contract_fingerprint(contract: Contract) -> str:
    """What `X-Mizan-Schema` says: the fingerprint of the public part."""
    public = public_part(contract)
    return fingerprint_of(entries_of(public), contexts_of(public), dict(public.schemas.components))


def print_document(document: Json) -> str:
    """The bytes of the file: the same for the same contract, on every machine."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
