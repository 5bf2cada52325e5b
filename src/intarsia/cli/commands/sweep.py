# SPDX-License-Identifier: Apache-2.0
"""``intarsia sweep``: the upkeep that a server does each hour, now and thoroughly."""

from __future__ import annotations

from intarsia.cli.console import clean_errors, result, result_json
from intarsia.cli.options import DataOption, JsonOption, settings_for


@clean_errors
def sweep(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Thin the history of what is older than a day, and delete what nothing has named for a day."""
    from intarsia.server.operations.sweep import sweep

    done = sweep(settings_for(data))
    told = {"revisions": done.revisions_thinned, "tiles": done.swept.tiles, "files": done.swept.blobs}
    if as_json:
        result_json(told)
    else:
        folded = f"{told['revisions']} autosaves folded into later ones"
        result(f"{folded}, {told['tiles']} tiles and {told['files']} files deleted")
