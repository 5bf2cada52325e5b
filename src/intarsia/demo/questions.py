# SPDX-License-Identifier: Apache-2.0
"""What the demo asks about things and about the image. Nothing is required, so that a newcomer is never stopped."""

from __future__ import annotations

from typing import Literal

from intarsia.sdk.ontology_models import Option, Question

Geometry = Literal["box", "rotated_box", "polygon", "polyline", "point"]

HIDDEN = Question(id="hidden", title="How much is hidden?", kind="number", min=0, max=100, step=5, unit="%")
TRAFFIC = (
    Question(
        id="occluded",
        title="Occluded?",
        kind="single",
        options=(
            Option(id="no", title="No"),
            Option(id="partly", title="Partly", questions=(HIDDEN,)),
            Option(id="mostly", title="Mostly"),
        ),
    ),
    Question(id="parked", title="Parked?", kind="boolean"),
)
SCENE = (
    Question(
        id="weather",
        title="Weather",
        kind="single",
        options=(
            Option(id="clear", title="Clear"),
            Option(id="cloudy", title="Cloudy"),
            Option(id="rain", title="Rain"),
        ),
    ),
    Question(id="remark", title="Remark", kind="text", max_chars=200),
)
FOOD = (
    Question(
        id="state",
        title="State",
        kind="single",
        options=(Option(id="whole", title="Whole"), Option(id="cut", title="Cut"), Option(id="eaten", title="Eaten")),
    ),
)
NUCLEUS = (Question(id="dividing", title="Dividing?", kind="boolean"),)
