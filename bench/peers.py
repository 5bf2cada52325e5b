# SPDX-License-Identifier: Apache-2.0
"""Figures of a peer, taken once and written down here.

Label Studio 1.23.2, brush regions, 300 moves at 100 Hz, medians on a machine with two cores and no GPU, headless
Chromium, 2026-11. It shows no scene above 200 regions within 90 s.
"""

from .harness import Reference

_WHO = "Label Studio 1.23.2, 2026-11"


def _peer(value: float, what: str = "") -> Reference:
    return Reference("peer", value, f"{_WHO}{', ' if what else ''}{what}")


FRAME_GAP_P50_MS = {"S": _peer(30), "S200": _peer(124)}
FRAME_GAP_P95_MS = {"S": _peer(45), "S200": _peer(174)}
INPUT_TO_FRAME_MS = {"S": _peer(41), "S200": _peer(157)}
POINTER_UP_TO_IDLE_MS = {"S": _peer(940), "S200": _peer(1_500, "1.5 to 4.3 s")}
ACKNOWLEDGED_MS = {"S": _peer(12_700)}
STROKE_KB = {"S": _peer(408)}
UNDO_MS = {"S": _peer(300), "S200": _peer(6_000, "6 s and more")}
OPEN_MS = {
    "S": _peer(11_000),
    "S200": _peer(60_000, "not idle after a minute"),
    "M": _peer(21_000, "21 to 56 s with only 50 regions"),
}
MEMORY_MB = {"S": _peer(1_400, "RSS"), "S200": _peer(3_400, "RSS")}
EXPORT_PNG_S = _peer(172, "PNG masks")
EXPORT_COCO_S = _peer(74, "COCO")
EXPORT_MEMORY_MB = _peer(900)
IMPORT_S = _peer(4.6, "masks")
INSTALL_MB = _peer(995)
FIRST_START_S = _peer(39)
NEXT_START_S = _peer(3.7)
