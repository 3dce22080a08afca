"""Who may ask, and how often: tokens, the quota of each, and presigned links. Pure: time goes in."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What the inin-ratelimit headers say of one token."""

    count: int = 0
    allowed: int
    reset_seconds: int = 60

    @property
    def exceeded(self) -> bool:
        """Tell whether this request is one too many."""
        return self.count > self.allowed


@dataclass(slots=True)
class _Token:
    client: str
    expires: float
    window_ends: float = 0.0
    count: int = 0


@dataclass(slots=True)
class Tokens:
    """The bearer tokens in force. The quota counts per token in windows of a minute, from its first request on."""

    clients: dict[str, str]
    lifetime_seconds: float
    allowed_per_minute: int
    _tokens: dict[str, _Token] = field(default_factory=dict)

    def grant(self, client: str, secret: str, now: float) -> str | None:
        """Give a token to a client that knows its secret."""
        if not secret or not hmac.compare_digest(self.clients.get(client, "").encode(), secret.encode()):
            return None
        self._tokens = {text: token for text, token in self._tokens.items() if token.expires > now}
        text = secrets.token_urlsafe(24)
        self._tokens[text] = _Token(client=client, expires=now + self.lifetime_seconds)
        return text

    def client_of(self, token: str, now: float) -> str | None:
        """Name the client that a token belongs to; None for an unknown or expired one."""
        held = self._tokens.get(token)
        return held.client if held is not None and held.expires > now else None

    def count(self, token: str, now: float) -> Quota:
        """Count one request against a token's quota."""
        held = self._tokens.get(token)
        if held is None:
            return Quota(allowed=self.allowed_per_minute)
        if held.window_ends <= now:
            held.window_ends, held.count = now + MINUTE, 0
        held.count += 1
        reset = max(int(held.window_ends - now + 0.999), 1)
        return Quota(count=held.count, allowed=self.allowed_per_minute, reset_seconds=reset)

    def revoke_all(self) -> None:
        """Refuse every token from now on."""
        self._tokens.clear()


@dataclass(frozen=True, slots=True)
class Links:
    """Signs and checks presigned links: whoever holds one may read the file until it expires."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def query(self, path: str, expires: float) -> str:
        """Sign a path until a time (seconds since the epoch)."""
        text = f"{expires:.3f}"
        return f"X-Amz-Expires-At={text}&X-Amz-Signature={self._signature(path, text)}"

    def valid(self, path: str, expires: str, signature: str, now: float) -> bool:
        """Tell whether a link is ours, unchanged and not expired."""
        right = self._signature(path, expires)
        return hmac.compare_digest(right.encode(), signature.encode()) and now < float(expires)

    def _signature(self, path: str, expires: str) -> str:
        return hmac.new(self.key, f"{path}\n{expires}".encode(), hashlib.sha256).hexdigest()
