# SPDX-License-Identifier: Apache-2.0
"""Write the golden vectors of the Python core: contract/vectors/<page>/python.json.

python scripts/vectors/gen_vectors.py            # write
python scripts/vectors/gen_vectors.py --check    # fail when a file differs from what would be written
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import vector_cases_codec
import vector_cases_edit
import vector_cases_items
import vector_cases_ontology
import vector_cases_raster
import vector_cases_replay
import vector_cases_view
from vector_answers import answer
from vector_shapes import Case, answered

VECTORS = Path(__file__).resolve().parents[2] / "contract" / "vectors"
PAGES = ("tile_codec", "raster", "edit", "vector_view", "regions", "statistics", "rle", "items", "ontology")


def cases_of(page: str) -> Iterator[Case]:
    """Cases of a page, with what the core answers."""
    sources = {
        "ontology": vector_cases_ontology.cases,
        "tile_codec": vector_cases_codec.cases,
        "raster": vector_cases_raster.cases,
        "edit": lambda: chain(vector_cases_edit.cases(), vector_cases_replay.cases()),
        "vector_view": vector_cases_view.vector_view_cases,
        "regions": vector_cases_view.regions_cases,
        "statistics": vector_cases_view.statistics_cases,
        "rle": vector_cases_view.rle_cases,
        "items": vector_cases_items.cases,
    }
    for case in sources[page]():
        yield answered(case, lambda given: answer(page, given))


def text_of(page: str) -> str:
    """The file as text: one case a line, keys sorted, so that a change reads well."""
    cases = list(cases_of(page))
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), f"two cases of {page} have one name"
    lines = [json.dumps(case, sort_keys=True, ensure_ascii=False, allow_nan=False) for case in cases]
    head = f'{{"page": "{page}", "writer": "python", "cases": [\n'
    return head + ",\n".join(lines) + "\n]}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    check = parser.parse_args().check
    stale = 0
    for page in PAGES:
        path = VECTORS / page / "python.json"
        text = text_of(page)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{path.relative_to(VECTORS.parent.parent)}: {'out of date' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
