# SPDX-License-Identifier: Apache-2.0
"""The door for scripts: ``Client(url, token=…)`` or ``Client.local(data_dir)``."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import httpx

from intarsia.sdk.resources.annotations import Annotations
from intarsia.sdk.resources.datasets import Datasets
from intarsia.sdk.resources.jobs import Jobs
from intarsia.sdk.resources.projects import Projects
from intarsia.sdk.resources.tasks import Tasks
from intarsia.sdk.transport import Transport

TIMEOUT_S = 60.0
_LOCAL_HOOK = "intarsia.cli.local_instance"


class LocalInstance(Protocol):
    """A server of this machine: found running, or started for the caller and stopped by ``close``."""

    @property
    def url(self) -> str: ...

    @property
    def token(self) -> str: ...

    def close(self) -> None: ...


class Client:
    """A signed-in connection. Use it as a context manager, or call ``close``.

    ``projects``, ``datasets``, ``tasks``, ``annotations`` and ``jobs`` hold the verbs. Failures are the exceptions of
    ``intarsia.core.errors`` and ``intarsia.sdk.errors``, told apart by class and by their stable ``code``.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.BaseTransport | None = None,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        """Connect to ``url`` (with a sub-path when it is hosted under one) and spend the one-time ``token``."""
        self._transport = Transport(url, timeout_s=timeout_s, transport=transport)
        self._on_close = on_close
        self.projects = Projects(self._transport)
        self.datasets = Datasets(self._transport)
        self.tasks = Tasks(self._transport)
        self.annotations = Annotations(self._transport)
        self.jobs = Jobs(self._transport)
        if token is not None:
            try:
                self._transport.sign_in(token)
            except Exception:
                self.close()
                raise

    @classmethod
    def local(cls, data_dir: Path | str, *, timeout_s: float = TIMEOUT_S) -> Client:
        """Connect to the installation in ``data_dir``: the running server, or one started for as long as this client.

        Whoever can read the folder's key is its owner, so no sign-in is asked for. The part that knows servers is
        looked up by name here, since the SDK itself also runs where no server is installed.
        """
        hook = importlib.import_module(_LOCAL_HOOK)
        instance = cast(LocalInstance, hook.open_local(Path(data_dir)))
        return cls(instance.url, token=instance.token, timeout_s=timeout_s, on_close=instance.close)

    @property
    def url(self) -> str:
        return self._transport.base_url

    def health(self) -> dict[str, str]:
        """``status``, ``version`` and ``instance`` of the server; asked without a session."""
        return dict(self._transport.json("GET", "/health"))

    def close(self) -> None:
        self._transport.close()
        if self._on_close is not None:
            on_close, self._on_close = self._on_close, None
            on_close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
