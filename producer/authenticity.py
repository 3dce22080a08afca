"""Tell who sent a request: signatures over the raw bytes and API keys, compared in constant time, before anything is parsed. Pure."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESYS_SIGNATURE = "X-Genesys-Signature"
HUB_SIGNATURE = "X-Hub-Signature-256"
API_KEY = "X-Api-Key"
DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Credentials:
    """What proves a sender. Several secrets and keys are valid at once, so that they can be rotated."""

    webhook_secrets: tuple[bytes, ...]
    api_keys: tuple[bytes, ...]
    allow_unsigned: bool = False


def problem_of(headers: Mapping[str, str], body: bytes, credentials: Credentials) -> str | None:
    """Say what is wrong with a webhook's proof of origin; None if it is right.

    X-Genesys-Signature is hex HMAC-SHA256 over the body, X-Hub-Signature-256 is `sha256=` and the same in base64
    (Genesys Open Messaging) or hex, X-Api-Key is what an EventBridge API destination sends. A proof that is given must be right.
    """
    if (given := headers.get(GENESYS_SIGNATURE)) is not None:
        return None if _signed(_hex(given), body, credentials.webhook_secrets) else "signature_mismatch"
    if (given := headers.get(HUB_SIGNATURE)) is not None:
        scheme, _, digest = given.partition("=")
        right = scheme == "sha256" and _signed(_hex(digest) or _base64(digest), body, credentials.webhook_secrets)
        return None if right else "signature_mismatch"
    if (given := headers.get(API_KEY)) is not None:
        return None if key_matches(given, credentials.api_keys) else "api_key_mismatch"
    return None if credentials.allow_unsigned else "unsigned"


def key_matches(given: str | None, keys: Iterable[bytes]) -> bool:
    """Compare a key with every valid one; how long it takes does not tell which was close."""
    if given is None:
        return False
    # Digests have one length, so that not even a key's length shows.
    digest = hashlib.sha256(given.encode("utf-8", "surrogateescape")).digest()
    matches = [hmac.compare_digest(digest, hashlib.sha256(key).digest()) for key in keys]
    return any(matches)


def _signed(digest: bytes | None, body: bytes, secrets: Iterable[bytes]) -> bool:
    if digest is None:
        return False
    matches = [hmac.compare_digest(digest, hmac.digest(secret, body, "sha256")) for secret in secrets]
    return any(matches)


def _hex(text: str) -> bytes | None:
    try:
        digest = bytes.fromhex(text) if len(text) == 2 * DIGEST_BYTES else None
    except ValueError:
        return None
    return digest if digest is not None and len(digest) == DIGEST_BYTES else None


def _base64(text: str) -> bytes | None:
    try:
        digest = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == DIGEST_BYTES else None
