# SPDX-License-Identifier: Apache-2.0
"""All parts of the benchmark, in the order of a whole run. A part is added by one line in ``PARTS``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .codec import measure_codec
from .codec_in_browser import measure_codec_in_browser
from .harness import Row
from .stage import Stage


@dataclass(frozen=True, slots=True)
class Part:
    """``measure`` gets the stage and one of ``scenes``; it may yield rows as they come."""

    name: str
    title: str
    scenes: tuple[str, ...]
    measure: Callable[[Stage, str], Sequence[Row]]


PARTS = (
    Part("codec", "Label map codec in Python", ("M",), lambda stage, scene: measure_codec(scene)),
    Part(
        "codec-browser",
        "Label map codec in the browser",
        ("M",),
        lambda stage, scene: measure_codec_in_browser(stage.driver, scene),
    ),
)
