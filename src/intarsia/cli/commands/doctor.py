# SPDX-License-Identifier: Apache-2.0
"""``intarsia doctor``: what on this machine, or in the data directory, is in the way of work?"""

from __future__ import annotations

from dataclasses import asdict

import typer

from intarsia.cli.console import EXIT_FAILED, clean_errors, result, result_json
from intarsia.cli.instance_file import running_instance
from intarsia.cli.options import DataOption, JsonOption, settings_for


@clean_errors
def doctor(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Look at versions, disk, permissions, port, schema and jobs. Exit code 1 when something fails."""
    from intarsia.server.operations.doctor import doctor

    settings = settings_for(data)
    found = running_instance(settings.data_dir)
    checks = list(doctor(settings, running_url=found.url if found else None))
    if as_json:
        result_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            result(f"{check.level:4}  {check.name}: {check.message}")
            if check.advice:
                result(f"      {check.advice}")
    if any(check.level == "fail" for check in checks):
        raise typer.Exit(EXIT_FAILED)
