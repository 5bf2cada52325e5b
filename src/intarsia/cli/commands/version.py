# SPDX-License-Identifier: Apache-2.0
"""``intarsia version``."""

from __future__ import annotations

import platform

from intarsia import __version__
from intarsia.cli.console import clean_errors, result, result_json
from intarsia.cli.options import JsonOption


@clean_errors
def version(as_json: JsonOption = False) -> None:
    """Print the version."""
    if as_json:
        result_json({"version": __version__, "python": platform.python_version()})
    else:
        result(f"intarsia {__version__}")
