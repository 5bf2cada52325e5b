# SPDX-License-Identifier: Apache-2.0
"""All parts of the benchmark, in the order of a whole run. A part is added by one line in ``PARTS``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .brush import growth_rows, measure_brush
from .codec import measure_codec
from .codec_in_browser import measure_codec_in_browser
from .devices import measure_slow_processor, measure_touch_screen
from .exchange import measure_exchange
from .harness import Row
from .installation import measure_installation
from .next_image import measure_next_image
from .opening import measure_memory, measure_opening, measure_script
from .pen import measure_pen
from .row_list import measure_list
from .run_lengths import measure_run_lengths
from .save_load import measure_save_load
from .stage import Stage
from .storage import measure_storage
from .stroke_end import measure_stroke_end
from .tone import measure_tone

Measure = Callable[[Stage, str], Sequence[Row]]


def _nothing(rows: list[Row]) -> list[Row]:
    return []


@dataclass(frozen=True, slots=True)
class Part:
    """``measure`` is called with the stage and each of ``scenes``; "" is a part that has no scene of its own.

    ``conclude`` gets the rows of all its scenes and may add what follows from them together.
    """

    name: str
    title: str
    scenes: tuple[str, ...]
    measure: Measure
    conclude: Callable[[list[Row]], list[Row]] = _nothing


PARTS = (
    Part("brush", "Brush", ("S", "S200", "M0", "M", "L"), measure_brush, growth_rows),
    Part("stroke-end", "After the pointer is up", ("S", "S200", "M", "L"), measure_stroke_end),
    Part("pen", "Pen", ("M",), measure_pen),
    Part("tone", "Tone of the photo", ("S", "M"), measure_tone),
    Part("open", "Open", ("S", "S200", "M", "L"), measure_opening),
    Part("next-image", "Next image", ("S",), measure_next_image),
    Part("list", "List of segments", ("S2000",), measure_list),
    Part("memory", "Memory", ("S", "S200", "M", "L"), measure_memory),
    Part("script", "Script", ("S",), measure_script),
    Part("slow", "On a slower processor", ("S", "S200", "M"), measure_slow_processor),
    Part("touch", "On a touch screen", ("S",), measure_touch_screen),
    Part("codec", "Label map codec in Python", ("M",), measure_codec),
    Part("codec-browser", "Label map codec in the browser", ("M",), measure_codec_in_browser),
    Part("run-lengths", "COCO run lengths", ("M",), measure_run_lengths),
    Part("save-load", "Fifty clients", ("S",), measure_save_load),
    Part("storage", "Storage", ("S",), measure_storage),
    Part("exchange", "Import and export", ("",), measure_exchange),
    Part("install", "Installation and start", ("",), measure_installation),
)
