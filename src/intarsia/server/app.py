# SPDX-License-Identifier: Apache-2.0
"""The application: routes over the wired ports."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool

from intarsia import __version__
from intarsia.server.api.annotations import router as annotations_router
from intarsia.server.api.assets import router as assets_router
from intarsia.server.api.datasets import router as datasets_router
from intarsia.server.api.errors import install_error_handlers
from intarsia.server.api.guard import Guard
from intarsia.server.api.health import router as health_router
from intarsia.server.api.history import router as history_router
from intarsia.server.api.jobs import router as jobs_router
from intarsia.server.api.ontology import router as ontology_router
from intarsia.server.api.ontology import templates_router as ontology_templates_router
from intarsia.server.api.projects import router as projects_router
from intarsia.server.api.review import router as review_router
from intarsia.server.api.routes import AppContext
from intarsia.server.api.session import router as session_router
from intarsia.server.api.shapes import ErrorOut
from intarsia.server.api.static import install_static
from intarsia.server.api.tasks import router as tasks_router
from intarsia.server.ports import Clock, Ids, Ports
from intarsia.server.settings import Settings
from intarsia.server.use_cases.keep_tidy import Stopped, keep_tidy
from intarsia.server.wiring import wire

_FIRST_UPKEEP_S = 60
_UPKEEP_S = 3600
# Upkeep works in steps of some milliseconds and leaves this long to saves after each.
_STEP_PAUSE_S = 0.05
_log = logging.getLogger("intarsia.server")
_THREADS = 100
API_PREFIX = "/api/v1"
_ROUTERS: tuple[APIRouter, ...] = (
    health_router,
    session_router,
    projects_router,
    ontology_router,
    ontology_templates_router,
    datasets_router,
    assets_router,
    tasks_router,
    annotations_router,
    history_router,
    review_router,
    jobs_router,
)


def _keep_tidy(ports: Ports, stopping: threading.Event) -> None:
    """Soon after the start, then once an hour, until the server stops."""

    def pause() -> None:
        if stopping.wait(_STEP_PAUSE_S):
            raise Stopped

    wait_s = _FIRST_UPKEEP_S
    while not stopping.wait(wait_s):
        wait_s = _UPKEEP_S
        try:
            keep_tidy(ports, pause=pause)
        except Exception:
            _log.exception("upkeep failed; it is tried again in an hour")


def create_app(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> FastAPI:
    """The application over a data directory, ready to answer; also without a running event loop or lifespan.

    `app.state.close()` lets go of the data directory; the lifespan calls it, and so must who uses the app in process.
    """
    wired = wire(settings, clock=clock, ids=ids)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Saves wait for their turn in threads of this pool; reading must not wait behind them.
        current_default_thread_limiter().total_tokens = _THREADS
        stopping = threading.Event()
        upkeep = threading.Thread(target=_keep_tidy, args=(wired.ports, stopping), name="upkeep", daemon=True)
        upkeep.start()
        yield
        stopping.set()
        await run_in_threadpool(upkeep.join)
        await run_in_threadpool(wired.close)

    app = FastAPI(
        title="Intarsia",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        separate_input_output_schemas=False,
        responses={"default": {"model": ErrorOut, "description": "What happened, what is kept, what to do"}},
    )
    app.state.context = AppContext(wired.ports, settings)
    app.state.close = wired.close
    for router in _ROUTERS:
        app.include_router(router, prefix=API_PREFIX)
    install_static(app, settings)
    install_error_handlers(app)
    app.add_middleware(Guard, settings=settings)
    return app
