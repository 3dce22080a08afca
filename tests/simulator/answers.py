"""The answers of Genesys Cloud: quota headers on every one, and the error body. Of S3: XML and no more than needed."""

import secrets

import orjson
from aiohttp import web

from tests.simulator.access import Quota

JSON = "application/json"


def headers_of(quota: Quota) -> dict[str, str]:
    """Shape the headers of every API answer."""
    return {
        "Content-Type": JSON,
        "ININ-Correlation-Id": secrets.token_hex(8),
        "inin-ratelimit-count": str(quota.count),
        "inin-ratelimit-allowed": str(quota.allowed),
        "inin-ratelimit-reset": str(quota.reset_seconds),
        "X-RateLimit-Remaining": str(max(quota.allowed - quota.count, 0)),
    }


def answer(value: object, quota: Quota) -> web.Response:
    """Answer an API request."""
    return web.Response(body=orjson.dumps(value), headers=headers_of(quota))


def error(
    status: int, code: str, message: str, quota: Quota, *, more: dict[str, str] | None = None, field: str | None = None
) -> web.Response:
    """Answer with the vendor's error body; `field` names the one that is wrong."""
    headers = headers_of(quota)
    body = {
        "message": message,
        "code": code,
        "status": status,
        "contextId": headers["ININ-Correlation-Id"],
        "details": [{"errorCode": code, "fieldName": field}] if field else [],
        "errors": [],
    }
    return web.Response(status=status, body=orjson.dumps(body), headers=headers | (more or {}))


def not_found(what: str, quota: Quota) -> web.Response:
    """Answer that something does not exist, or not yet."""
    return error(404, "not.found", f"The {what} does not exist.", quota)


def s3_error(status: int, code: str) -> web.Response:
    """Refuse as S3 does."""
    return web.Response(status=status, text=f"<Error><Code>{code}</Code></Error>", content_type="application/xml")


def plain(value: object, *, status: int = 200) -> web.Response:
    """Answer an admin or login request."""
    return web.Response(status=status, body=orjson.dumps(value), content_type=JSON)
