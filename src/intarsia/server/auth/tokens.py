# SPDX-License-Identifier: Apache-2.0
"""One-time sign-in tokens and session ids. Who can read the data directory can mint a token; nobody else can."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path

from intarsia.server.ports import TokenClaim

_KEY_FILE = "secret.key"
_KEY_BYTES = 32
TOKEN_SECONDS = 15 * 60


def load_secret(data_dir: Path) -> bytes:
    """The data directory's secret key; made at first use, readable by its owner only.

    It is written beside its place and then linked there, so that two processes that start at once agree on one key.
    """
    path = data_dir / _KEY_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = data_dir / f".{_KEY_FILE}.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise RuntimeError(f"{path} is damaged: it has {len(key)} bytes, not {_KEY_BYTES}. Restore it or remove it.")
    return key


def instance_id(secret: bytes) -> str:
    """Public name of an installation. It stands in the cookie's name: two servers on one host keep theirs apart."""
    return _mac(secret, b"instance")[:12]


def mint_token(data_dir: Path, *, seconds: int = TOKEN_SECONDS) -> str:
    """A new one-time token for the server of this data directory; it need not be running."""
    expires_at_s = int(time.time()) + seconds
    body = f"{expires_at_s:x}.{secrets.token_hex(16)}"
    return f"{body}.{_mac(load_secret(data_dir), b'open:' + body.encode())}"


def open_link(data_dir: Path, *, origin: str, next_path: str = "") -> str:
    """The address that signs in. The token stands in the fragment, which no browser sends to a server."""
    suffix = f"&next={next_path}" if next_path else ""
    return f"{origin}/open#token={mint_token(data_dir)}{suffix}"


class LocalDoor:
    """Opens for tokens that were minted with the secret key of the data directory."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def instance_id(self) -> str:
        return instance_id(self._secret)

    def read_token(self, token: str, *, now_s: int) -> TokenClaim | None:
        body, dot, mac = token.rpartition(".")
        if not dot or not body.isascii() or not mac.isascii():
            return None
        if not hmac.compare_digest(mac, _mac(self._secret, b"open:" + body.encode())):
            return None
        expires_at_s = int(body.partition(".")[0], 16)
        if expires_at_s < now_s:
            return None
        return TokenClaim(nonce_hash=hashlib.sha256(body.encode()).digest(), expires_at_s=expires_at_s)

    def new_session_id(self) -> str:
        return secrets.token_urlsafe(32)

    def session_hash(self, session_id: str) -> bytes:
        return hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).digest()


def _mac(secret: bytes, message: bytes) -> str:
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
