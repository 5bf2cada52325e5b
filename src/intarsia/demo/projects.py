# SPDX-License-Identifier: Apache-2.0
"""What the demo holds: projects, their classes, their images, and which of them come with labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from intarsia.core.ontology import next_colour
from intarsia.demo.questions import FOOD, NUCLEUS, SCENE, TRAFFIC, Geometry
from intarsia.sdk.ontology_models import Ontology, OntologyClass, Question, Relation

Kind = Literal["thing", "stuff", "ignore"]


@dataclass(frozen=True, slots=True)
class DemoImage:
    """``outlines`` is a JSON file of shapes, ``instances`` a mask of things; with neither the image starts empty."""

    file: str
    outlines: str | None = None
    instances: str | None = None


@dataclass(frozen=True, slots=True)
class DemoProject:
    name: str
    description: str
    classes: tuple[tuple[str, Kind], ...]
    images: tuple[DemoImage, ...]
    geometry: Mapping[str, tuple[Geometry, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    asked_of_image: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()

    def ontology(self) -> Ontology:
        """Classes numbered from 1; the first nine get the keys 1 to 9."""
        colours: list[str] = []
        classes = []
        for number, (name, kind) in enumerate(self.classes, start=1):
            colours.append(next_colour(colours))
            key = str(number) if number < 10 else None
            classes.append(
                OntologyClass(
                    number=number,
                    name=name,
                    kind=kind,
                    colour=colours[-1],
                    key=key,
                    geometry=("mask", *self.geometry.get(name, ())),
                    questions=self.asked.get(name, ()),
                )
            )
        return Ontology(classes=tuple(classes), questions=self.asked_of_image, relations=self.relations)


STREET = DemoProject(
    name="Street",
    description="A street corner, partly labelled: finish the sky, the pick-up and the pavement.",
    classes=(
        ("Car", "thing"),
        ("Road", "stuff"),
        ("Person", "thing"),
        ("Building", "stuff"),
        ("Sky", "stuff"),
        ("Vegetation", "stuff"),
        ("Pavement", "stuff"),
        ("Truck", "thing"),
        ("Sign", "thing"),
        ("Traffic light", "thing"),
        ("Pole", "stuff"),
        ("Object", "thing"),
        ("Unclear", "ignore"),
    ),
    images=(
        DemoImage("ice-cream-truck.jpg", outlines="ice-cream-truck.json"),
        DemoImage("phone-in-hand.jpg"),
    ),
    geometry={
        "Car": ("box", "rotated_box", "polygon"),
        "Person": ("box", "point"),
        "Truck": ("box", "rotated_box", "polygon"),
        "Sign": ("box", "polygon"),
        "Traffic light": ("box", "point"),
        "Object": ("box", "polygon", "polyline", "point"),
    },
    asked={"Car": TRAFFIC},
    asked_of_image=SCENE,
    relations=(Relation(id="carries", title="carries", directed=True),),
)
TABLE = DemoProject(
    name="Café table",
    description="Food and a cup on a table, begun.",
    classes=(
        ("Food", "thing"),
        ("Cup", "thing"),
        ("Plate", "thing"),
        ("Table", "stuff"),
        ("Person", "thing"),
        ("Chair", "thing"),
        ("Floor", "stuff"),
        ("Unclear", "ignore"),
    ),
    images=(DemoImage("cafe-table.jpg", outlines="cafe-table.json"),),
    geometry={"Food": ("box", "polygon"), "Cup": ("box", "polygon"), "Plate": ("box",)},
    asked={"Food": FOOD},
)
NUCLEI = DemoProject(
    name="Nuclei",
    description="Cell nuclei under the microscope. The pictures are dark: raise the brightness.",
    classes=(("Nucleus", "thing"), ("Background", "stuff"), ("Out of focus", "ignore")),
    images=(
        DemoImage("nuclei-b76ff33a.png", instances="nuclei-b76ff33a.instances.png"),
        DemoImage("nuclei-b0defa61.png"),
    ),
    geometry={"Nucleus": ("polygon", "point")},
    asked={"Nucleus": NUCLEUS},
)
DEMO_PROJECTS: tuple[DemoProject, ...] = (STREET, TABLE, NUCLEI)
