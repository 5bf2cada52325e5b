# SPDX-License-Identifier: Apache-2.0
"""A laboratory without TLS: no crypto.subtle, no navigator.locks; drawing, saving and reload must work all the same."""

from pathlib import Path

from playwright.sync_api import Playwright

from .browser import persistent_context, sign_in
from .editor_page import EditorPage
from .project import gradient_png, make_tasks
from .server_process import ServerProcess

HOST = "intarsia.test"


def test_drawing_and_saving_on_an_insecure_origin(playwright_driver: Playwright, tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "data", arguments=("--allow-host", HOST))
    server.start()
    server.sign_in()
    try:
        task = make_tasks(server.client, images={"picture.png": gradient_png(480, 640)})[0]
        with persistent_context(
            playwright_driver, tmp_path / "profile", arguments=(f"--host-resolver-rules=MAP {HOST} 127.0.0.1",)
        ) as context:
            page = context.new_page()
            origin = server.url.replace("127.0.0.1", HOST)
            sign_in(page, server.open_link().replace("127.0.0.1", HOST))
            assert page.evaluate("() => window.isSecureContext") is False
            editor = EditorPage(page, origin)
            editor.open(task.path)
            editor.key("3")
            editor.outline([(80, 90), (300, 70), (290, 330)])
            editor.key("b")
            editor.stroke([(400, 100), (460, 260)])
            editor.wait_saved()
            drawn = editor.checksum()
            editor.open(task.path)
            assert editor.checksum() == drawn
        assert server.client.get(f"/annotations/{task.annotation_id}").json()["checksums"]["main"] == drawn
    finally:
        server.stop()
