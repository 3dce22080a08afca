"""Tell who sent a request: signatures over the raw bytes and API keys, compared in constant time, before anything is parsed. Pure."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GENESYS_SIGNATURE = "X-Genesys-Signature"
HUB_SIGNATURE = "X-Hub-Signature-256"
API_KEY = "X-Api-Key"
DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Credentials:
    """What proves a sender. Several secrets and keys are valid at once, so that they can be rotated.

    `allow_unsigned` counts only where there is neither: as soon as a secret or a key is set, a request has to show it.
    """

    webhook_secrets: tuple[bytes, ...]
    api_keys: tuple[bytes, ...]
    allow_unsigned: bool = False
    macs: tuple[hmac.HMAC, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Key the MACs once: a copy per request costs two thirds of a new one."""
        macs = tuple(hmac.new(secret, digestmod="sha256") for secret in self.webhook_secrets)
        object.__setattr__(self, "macs", macs)  # the way to derive a field of a frozen dataclass


def problem_of(headers: Mapping[str, str], body: bytes, credentials: Credentials) -> str | None:
    """Say in one fixed word what is wrong with a webhook's proof of origin; None if it is right.

    X-Genesys-Signature is hex HMAC-SHA256 over the body, X-Hub-Signature-256 is `sha256=` and the same in base64
    (Genesys Open Messaging) or hex, X-Api-Key is what an EventBridge API destination sends. A proof that is given must be right.
    """
    macs, keys = credentials.macs, credentials.api_keys
    if not macs and not keys:
        return None if credentials.allow_unsigned else "unsigned"
    if (given := headers.get(GENESYS_SIGNATURE)) is not None:
        return _signature_problem(_hex(given), body, macs)
    if (given := headers.get(HUB_SIGNATURE)) is not None:
        scheme, _, digest = given.partition("=")
        return _signature_problem((_hex(digest) or _base64(digest)) if scheme == "sha256" else None, body, macs)
    if (given := headers.get(API_KEY)) is not None:
        return None if key_matches(given, keys) else "api_key_mismatch"
    return "unsigned"


def key_matches(given: str | None, keys: Iterable[bytes]) -> bool:
    """Compare a key with every valid one; how long it takes does not tell which was close."""
    if given is None:
        return False
    # Digests have one length, so that not even a key's length shows. A header may hold any bytes, so surrogates too.
    digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).digest()
    matches = [hmac.compare_digest(digest, hashlib.sha256(key).digest()) for key in keys]
    return any(matches)


def _signature_problem(digest: bytes | None, body: bytes, macs: Iterable[hmac.HMAC]) -> str | None:
    if digest is None:
        return "signature_malformed"
    matches = [hmac.compare_digest(digest, _digest(mac, body)) for mac in macs]
    return None if any(matches) else "signature_mismatch"


def _digest(keyed: hmac.HMAC, body: bytes) -> bytes:
    mac = keyed.copy()
    mac.update(body)
    return mac.digest()


def _hex(text: str) -> bytes | None:
    if len(text) != 2 * DIGEST_BYTES:
        return None
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        return None
    return digest if len(digest) == DIGEST_BYTES else None  # fromhex skips blanks


def _base64(text: str) -> bytes | None:
    try:
        digest = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == DIGEST_BYTES else None
