# SPDX-License-Identifier: Apache-2.0
"""The hook behind ``Client.local``: the server that runs on a data directory, or one for as long as it is needed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from intarsia.cli.instance_file import running_instance
from intarsia.cli.serving import ServerRun
from intarsia.core.errors import IntarsiaError

_START_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class FoundInstance:
    """A server that somebody else runs; closing leaves it running."""

    url: str
    token: str

    def close(self) -> None:
        return None


class OwnInstance:
    """A server in a thread of this process, on a free loopback port."""

    def __init__(self, run: ServerRun, thread: threading.Thread, *, url: str, token: str) -> None:
        self._run = run
        self._thread = thread
        self.url = url
        self.token = token

    def close(self) -> None:
        self._run.stop()
        self._thread.join(_STOP_TIMEOUT_S)


def open_local(data_dir: Path) -> FoundInstance | OwnInstance:
    """A server for ``data_dir`` and a one-time token for it. Raises IntarsiaError when none can be started."""
    from intarsia.server.auth.tokens import mint_token

    found = running_instance(data_dir)
    if found is not None:
        return FoundInstance(found.url, mint_token(data_dir))
    return _start(data_dir)


def _start(data_dir: Path) -> OwnInstance:
    from intarsia.server.auth.tokens import mint_token
    from intarsia.server.settings import settings_from_env

    settings = replace(settings_from_env(), data_dir=data_dir, host="127.0.0.1", port=0, base_path="")
    run = ServerRun(settings)
    answered = threading.Event()
    urls: list[str] = []
    faults: list[BaseException] = []

    def ready(url: str) -> None:
        urls.append(url)
        answered.set()

    def work() -> None:
        try:
            run.run(ready=ready)
        except BaseException as error:
            faults.append(error)
        finally:
            answered.set()

    thread = threading.Thread(target=work, name="intarsia-local-server", daemon=True)
    thread.start()
    if not answered.wait(_START_TIMEOUT_S) or not urls:
        run.stop()
        if faults:
            raise faults[0]
        raise IntarsiaError("not_started", f"No server could be started on {data_dir} within {_START_TIMEOUT_S:.0f} s.")
    return OwnInstance(run, thread, url=urls[0], token=mint_token(data_dir))
