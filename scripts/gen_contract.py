# SPDX-License-Identifier: Apache-2.0
"""Write contract/openapi.json from the server's own routes. `make gen` runs it; a test fails when the file differs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from intarsia.server.api.openapi import openapi_text
from intarsia.server.app import create_app
from intarsia.server.settings import Settings

TARGET = Path(__file__).resolve().parent.parent / "contract" / "openapi.json"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), run_jobs=False))
        try:
            TARGET.write_text(openapi_text(app), encoding="utf-8")
        finally:
            app.state.close()


if __name__ == "__main__":
    main()
