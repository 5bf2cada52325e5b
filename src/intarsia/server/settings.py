# SPDX-License-Identifier: Apache-2.0
"""Everything that an operator may choose, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one server process.

    `base_path` is the sub-path under which a proxy serves the application: "" or "/labels", no slash at the end.
    `allowed_hosts` are host names without a port, beside the loopback names.
    """

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8420
    allowed_hosts: tuple[str, ...] = ()
    base_path: str = ""
    upload_max_bytes: int = 512 * 1024 * 1024
    import_max_bytes: int = 16 * 1024 * 1024 * 1024
    image_max_px: int = 100_000_000
    json_max_bytes: int = 64 * 1024 * 1024
    session_days: int = 30
    static_dir: Path = field(default_factory=lambda: Path(__file__).parent / "static")
    run_jobs: bool = True

    @property
    def host_names(self) -> frozenset[str]:
        """Host names that a request may carry, without port."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        own = () if self.host in ("0.0.0.0", "::") else (named,)
        return frozenset(name.lower() for name in (*LOOPBACK_HOSTS, *own, *self.allowed_hosts))


def settings_from_env(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from INTARSIA_* variables; what is not set keeps its default. The data directory has one, too."""
    values = os.environ if env is None else env
    data_dir = Path(values.get("INTARSIA_DATA", str(Path.home() / ".local" / "share" / "intarsia")))
    hosts = tuple(name.strip() for name in values.get("INTARSIA_ALLOW_HOSTS", "").split(",") if name.strip())
    return Settings(
        data_dir=data_dir,
        host=values.get("INTARSIA_HOST", "127.0.0.1"),
        port=int(values.get("INTARSIA_PORT", "8420")),
        allowed_hosts=hosts,
        base_path=values.get("INTARSIA_BASE_PATH", "").rstrip("/"),
    )
