# SPDX-License-Identifier: Apache-2.0
"""The list of commands. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with problems, 130 interrupted."""

from __future__ import annotations

import typer

from intarsia.cli.commands.backup import backup
from intarsia.cli.commands.demo import demo
from intarsia.cli.commands.doctor import doctor
from intarsia.cli.commands.export_data import export_data
from intarsia.cli.commands.formats import formats
from intarsia.cli.commands.fsck import fsck
from intarsia.cli.commands.import_data import import_data
from intarsia.cli.commands.inspect_data import inspect_data
from intarsia.cli.commands.ontology import app as ontology_app
from intarsia.cli.commands.restore import restore
from intarsia.cli.commands.serve import serve
from intarsia.cli.commands.sweep import sweep
from intarsia.cli.commands.url import url
from intarsia.cli.commands.version import version

app = typer.Typer(
    name="intarsia",
    help="Label images for segmentation so that every pixel has exactly one owner.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(serve)
app.command()(demo)
app.command()(url)
app.command("import")(import_data)
app.command("export")(export_data)
app.command("inspect")(inspect_data)
app.command()(formats)
app.add_typer(ontology_app, name="ontology")
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(fsck)
app.command()(sweep)
app.command()(version)

if __name__ == "__main__":
    app()
