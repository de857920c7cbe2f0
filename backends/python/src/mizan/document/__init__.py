"""The OpenAPI document of a contract."""
