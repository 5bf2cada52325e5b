# SPDX-License-Identifier: Apache-2.0
"""The templates are ontologies, and say what was published."""

from __future__ import annotations

import pytest

from intarsia.core.errors import NotFoundError
from intarsia.core.ontology_evolve import evolve
from intarsia.ontologies.templates import SLUGS, list_templates, read_template


def test_every_template_is_an_ontology_that_a_project_can_go_on_from() -> None:
    templates = list_templates()
    assert [template.slug for template in templates] == list(SLUGS)
    for template in templates:
        assert template.title and template.description
        assert evolve(template.ontology, template.ontology).version == template.ontology.version + 1


def test_published_ids_and_colours() -> None:
    coco = {entry.number: entry for entry in read_template("coco-panoptic").ontology.classes}
    drawn = [entry for entry in coco.values() if entry.geometry]
    assert (len(drawn), sum(entry.kind == "thing" for entry in drawn)) == (133, 80)
    assert (coco[1].name, coco[1].colour, coco[200].name) == ("person", "#DC143C", "rug-merged")
    parent = coco[3].parent
    assert parent is not None and coco[parent].name == "vehicle" and coco[parent].geometry == ()

    cities = {entry.number: entry for entry in read_template("cityscapes").ontology.classes}
    assert sorted(number for number, entry in cities.items() if entry.geometry) == list(range(1, 34))
    assert [(cities[n].name, cities[n].kind) for n in (4, 7, 26)] == [
        ("static", "ignore"),
        ("road", "stuff"),
        ("car", "thing"),
    ]
    assert cities[7].colour == "#804080"

    ade = read_template("ade20k").ontology.classes
    assert [entry.number for entry in ade] == list(range(1, 151))
    assert [(ade[n].name, ade[n].kind, ade[n].colour) for n in (0, 149)] == [
        ("wall", "stuff", "#787878"),
        ("flag", "thing", "#5C00FF"),
    ]


def test_a_template_that_is_not_there() -> None:
    with pytest.raises(NotFoundError):
        read_template("../empty")
