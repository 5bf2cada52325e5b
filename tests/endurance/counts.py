# SPDX-License-Identifier: Apache-2.0
"""How often and from which seed: full counts unless the environment says otherwise.

`INTARSIA_ENDURANCE=short` takes the small counts that fit into every test run, from one fixed seed.
`INTARSIA_<NAME>=n` sets one count, `INTARSIA_SEED=n` repeats a run.
"""

import os
import secrets

_SHORT_SEED = 20261


def count(name: str, *, full: int, short: int) -> int:
    given = os.environ.get(f"INTARSIA_{name}")
    if given is not None:
        return int(given)
    return short if is_short() else full


def is_short() -> bool:
    return os.environ.get("INTARSIA_ENDURANCE") == "short"


def chosen_seed() -> int:
    """The seed of this run; another one at each full run, so that nights cover more than one night does."""
    given = os.environ.get("INTARSIA_SEED")
    if given is not None:
        return int(given)
    return _SHORT_SEED if is_short() else secrets.randbelow(2**31)


def announce(what: str, *, seed: int, **counts: int) -> None:
    """Prints how to run this again; pytest shows it when the test fails, `make endurance` always."""
    settings = " ".join(f"INTARSIA_{name}={value}" for name, value in counts.items())
    print(f"{what}: repeat with INTARSIA_SEED={seed} {settings}")
