# SPDX-License-Identifier: Apache-2.0
"""What a newcomer waits for: size of a base install from the wheel, its first start and the next ones."""

import http.client
import os
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

from tests.e2e.server_process import free_port

from . import peers
from .harness import ROOT, Row, median
from .stage import Stage

SIZE_GOAL_MB, FIRST_GOAL_S, NEXT_GOAL_S = 400, 5, 2
REPEATS = 3
START_TIMEOUT_S = 60


def measure_installation(stage: Stage, _scene: str) -> list[Row]:
    folder = stage.fresh_dir()
    environment_dir = folder / "venv"
    venv.create(environment_dir, with_pip=True)
    before = tree_mb(environment_dir)
    start = time.perf_counter()
    install_wheel(environment_dir, folder)
    install_s = time.perf_counter() - start
    size = tree_mb(environment_dir) - before
    starts = {
        command: [start_twice(environment_dir, folder / f"{command}{i}", command=command) for i in range(REPEATS)]
        for command in ("serve", "demo")
    }
    rows = [
        Row("install, base", "", size, "MB", SIZE_GOAL_MB, peers.INSTALL_MB,
            f"wheel and its dependencies, compiled files included; pip took {install_s:.0f} s"),
    ]  # fmt: skip
    for command, pairs in starts.items():
        first, following = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        rows += [
            Row(f"first start, intarsia {command}", "", median(first), "s", FIRST_GOAL_S, peers.FIRST_START_S,
                f"to the first answer, fresh data folder; the very first after the install {pairs[0][0]:.2f} s"),
            Row(f"next start, intarsia {command}", "", median(following), "s", NEXT_GOAL_S, peers.NEXT_START_S),
        ]  # fmt: skip
    return rows


def install_wheel(environment_dir: Path, folder: Path) -> None:
    """The package as a stranger gets it: the locked versions, and nothing that only a build needs."""
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    locked = (ROOT / "requirements" / "demo.txt").read_text()
    constraints = folder / "constraints.txt"
    pinned = re.findall(r"^[A-Za-z0-9._-]+==[^\\\n]+", locked, re.MULTILINE)  # with markers, without hashes
    constraints.write_text("\n".join(pinned) + "\n")
    pip = [str(environment_dir / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "-c", str(constraints), str(next(folder.glob("*.whl")))])


def run(command: list[str]) -> None:
    """Raises RuntimeError with the end of what the command said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {done.returncode}: {done.stderr[-1_000:]}")


def tree_mb(folder: Path) -> float:
    """Bytes of all files below a folder."""
    sizes = (path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(sizes) / 1e6


def start_twice(environment_dir: Path, data_dir: Path, *, command: str) -> tuple[float, float]:
    """Seconds from the process's start to its first answer: on a new data folder, then on the same again."""
    first = start_once(environment_dir, data_dir, command=command)
    return first, start_once(environment_dir, data_dir, command=command)


def start_once(environment_dir: Path, data_dir: Path, *, command: str) -> float:
    port = free_port()
    log_path = data_dir.with_suffix(".log")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    arguments = [str(environment_dir / "bin" / "intarsia"), command, "--data", str(data_dir), "--port", str(port)]
    start = time.perf_counter()
    with log_path.open("ab") as log:
        process = subprocess.Popen(arguments, cwd=data_dir.parent, stdout=log, stderr=log, env=environment)
    try:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - start > START_TIMEOUT_S:
                raise RuntimeError(f"intarsia {command} did not start:\n{log_path.read_text()[-2000:]}")
            time.sleep(0.01)
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/api/v1/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
