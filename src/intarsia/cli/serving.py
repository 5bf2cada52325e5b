# SPDX-License-Identifier: Apache-2.0
"""Run one server process: take the port first, then the data directory, then answer."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from intarsia.cli.instance_file import only_server, registered, running_instance
from intarsia.core.errors import ConflictError, IntarsiaError

if TYPE_CHECKING:
    from intarsia.server.settings import Settings

Ready = Callable[[str], None]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_GRACE_S = 5


class PortError(IntarsiaError):
    """The address cannot be listened on."""


def is_loopback(host: str) -> bool:
    return host in LOOPBACK or host.startswith("127.")


def local_url(host: str, port: int, base_path: str) -> str:
    """How this machine reaches a server that listens on ``host``."""
    name = "127.0.0.1" if host in ("0.0.0.0", "localhost", "") else host
    if name == "::":
        name = "::1"
    return f"http://[{name}]:{port}{base_path}" if ":" in name else f"http://{name}:{port}{base_path}"


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening address, or PortError ``port_busy`` / ``cannot_listen`` with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        # listening at once: two servers may otherwise both bind one address and learn it only later
        sock.listen(2048)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {port} on {host} is in use by another program · nothing was started"
                f" · stop that program, or choose another port: --port {port + 1}"
            )
            raise PortError("port_busy", message) from error
        message = f"Cannot listen on {host}:{port}: {error.strerror} · choose another --host or --port"
        raise PortError("cannot_listen", message) from error
    return sock


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if not self.should_exit:
            self._ready()


class ServerRun:
    """One server on one data directory. ``run`` blocks until it is told to stop, by signal or by ``stop``."""

    def __init__(self, settings: Settings, *, log_level: str = "warning") -> None:
        self._settings = settings
        self._log_level = log_level
        self._server: _Server | None = None

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True

    def run(self, *, ready: Ready) -> None:
        """Serve. ``ready(url)`` is called once it answers. Raises PortError, or ConflictError ``already_running``."""
        settings = self._settings
        with ExitStack() as stack:
            stack.enter_context(only_server(settings.data_dir))
            sock = stack.enter_context(bound_socket(settings.host, settings.port))
            # the server and all it brings is imported here only: other commands, and refusals, come without that wait
            from intarsia.server.app import create_app
            from intarsia.server.auth.tokens import instance_id, load_secret

            settings = replace(settings, port=sock.getsockname()[1])
            url = local_url(settings.host, settings.port, settings.base_path)
            config = uvicorn.Config(
                create_app(settings),
                log_level=self._log_level,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_S,
            )

            def announce() -> None:
                instance = instance_id(load_secret(settings.data_dir))
                stack.enter_context(registered(settings.data_dir, url=url, instance=instance))
                ready(url)

            self._server = _Server(config, ready=announce)
            self._server.run(sockets=[sock])
            if not self._server.started:
                raise IntarsiaError(
                    "not_started", f"The server on {settings.data_dir} did not start; see the lines above."
                )


def find_running(settings: Settings) -> str | None:
    """URL of the server that already works on this data directory."""
    found = running_instance(settings.data_dir)
    return found.url if found else None


def must_be_running(settings: Settings) -> str:
    url = find_running(settings)
    if url is None:
        message = f"No server works on {settings.data_dir} · start one: intarsia serve --data {settings.data_dir}"
        raise ConflictError("not_running", message)
    return url
