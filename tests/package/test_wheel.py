# SPDX-License-Identifier: Apache-2.0
"""The wheel is what strangers install: it must hold the web bundle and the demo, and run outside this checkout."""

import os
import re
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.e2e.server_process import free_port

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out_dir = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out_dir), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out_dir.glob("*.whl"))


def test_the_wheel_carries_the_built_web_bundle_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "intarsia/server/static/index.html" in names
    assert any(re.fullmatch(r"intarsia/server/static/assets/.+\.js", name) for name in names)
    assert any(name.startswith("intarsia/demo/data/") for name in names)
    assert not [name for name in names if name.startswith("tests/") or name.endswith((".ts", ".tsx"))]


def test_the_demo_runs_from_the_wheel_in_a_bare_environment(wheel: Path, tmp_path: Path) -> None:
    environment_dir = tmp_path / "venv"
    venv.create(environment_dir, with_pip=True)
    python = environment_dir / "bin" / "python"
    locked = ROOT / "requirements" / "demo.txt"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(locked)], check=True, capture_output=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True)
    port = free_port()
    log_path = tmp_path / "demo.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [str(environment_dir / "bin" / "intarsia"), "demo", "--data", str(tmp_path / "data"), "--port", str(port)],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
            | {"PYTHONUNBUFFERED": "1"},
        )
    try:
        page = first_answer(f"http://127.0.0.1:{port}/", process, log_path)
        script = re.search(r'src="\.?/?(assets/[^"]+\.js)"', page.text)
        assert script, page.text[:500]
        assert httpx.get(f"http://127.0.0.1:{port}/{script[1]}").status_code == 200
    finally:
        process.terminate()
        process.wait(timeout=20)


def first_answer(url: str, process: subprocess.Popen[bytes], log_path: Path) -> httpx.Response:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log_path.read_text()[-4000:]
        try:
            answer = httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        assert answer.status_code == 200
        return answer
    raise AssertionError(f"no answer:\n{log_path.read_text()[-4000:]}")
