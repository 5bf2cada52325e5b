# SPDX-License-Identifier: Apache-2.0
"""``intarsia fsck``: is everything that was saved still what it was?"""

from __future__ import annotations

from dataclasses import asdict

import typer

from intarsia.cli.console import EXIT_FAILED, clean_errors, result, result_json, say
from intarsia.cli.options import DataOption, JsonOption, settings_for


@clean_errors
def fsck(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Check every hash, reference and count of a data directory. Changes nothing; exit code 1 on findings."""
    from intarsia.server.operations.fsck import fsck

    settings = settings_for(data)
    findings = []
    for finding in fsck(settings.data_dir, step=lambda what: say(f"Checking {what}")):
        findings.append(finding)
        if not as_json:
            result(f"{finding.code}: {finding.where}: {finding.message}")
    if as_json:
        result_json({"findings": [asdict(finding) for finding in findings], "count": len(findings)})
    else:
        result(f"{len(findings)} findings" if findings else "no findings")
    if findings:
        say("Nothing was changed. Damaged data comes back from a backup: intarsia restore FILE --data NEWDIR")
        raise typer.Exit(EXIT_FAILED)
