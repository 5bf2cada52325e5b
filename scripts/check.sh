#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All static checks, fastest first. Each prints its own findings; the first that fails stops the run.
set -eu
say() { printf '\n== %s\n' "$1"; }

say "house rules";    python scripts/check_house.py
say "ruff";           ruff check .
say "format";         ruff format --check .
say "import rule";    lint-imports
say "types, Python";  mypy src/intarsia
say "types, web";     (cd web && npm run --silent types)
say "lint, web";      (cd web && npm run --silent lint)
say "contract";       python scripts/check_generated.py
