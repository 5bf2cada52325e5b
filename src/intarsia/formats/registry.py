# SPDX-License-Identifier: Apache-2.0
"""All formats: those of the product in an explicit tuple, those of third parties through entry points."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

from intarsia.formats.base import FORMAT_API_VERSION, Format, FormatError, Source
from intarsia.formats.coco_instances import CocoInstances
from intarsia.formats.coco_panoptic import CocoPanoptic
from intarsia.formats.extension import states_format
from intarsia.formats.instance_png import InstancePng
from intarsia.formats.native import Native
from intarsia.formats.pascal_voc import PascalVoc
from intarsia.formats.semantic_png import SemanticPng

ENTRY_POINT_GROUP = "intarsia.formats"
BUILT_IN: tuple[Format, ...] = (CocoPanoptic(), SemanticPng(), CocoInstances(), InstancePng(), PascalVoc(), Native())


def all_formats() -> tuple[Format, ...]:
    """Built-in formats, then installed ones by slug. Raises FormatError ``duplicate_slug`` or ``bad_plug_in``."""
    return joined(BUILT_IN, third_party_formats())


def third_party_formats() -> tuple[Format, ...]:
    """Formats that other distributions offer: each entry point names a ``Format``, or a class that makes one."""
    found: list[Format] = []
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        try:
            loaded = entry.load()
            offered = loaded() if isinstance(loaded, type) else loaded
            version, slug = offered.info.api_version, offered.info.slug
        except Exception as error:
            raise FormatError("bad_plug_in", f"cannot be loaded: {error}", where=entry.value) from error
        if version != FORMAT_API_VERSION:
            message = f"format {slug!r} was written for version {version} of this interface, not {FORMAT_API_VERSION}"
            raise FormatError("bad_plug_in", message, where=entry.value)
        found.append(offered)
    return tuple(sorted(found, key=lambda offered: offered.info.slug))


def joined(built_in: Iterable[Format], installed: Iterable[Format]) -> tuple[Format, ...]:
    """Both in order; a slug that stands twice is refused, since commands and stored jobs name formats by it."""
    by_slug: dict[str, Format] = {}
    for entry in (*built_in, *installed):
        if entry.info.slug in by_slug:
            raise FormatError("duplicate_slug", f"two formats are called {entry.info.slug!r}", where=ENTRY_POINT_GROUP)
        by_slug[entry.info.slug] = entry
    return tuple(by_slug.values())


def find_format(slug: str) -> Format:
    """Raises FormatError ``unknown_format`` with the slugs that there are."""
    formats = all_formats()
    for entry in formats:
        if entry.info.slug == slug:
            return entry
    known = ", ".join(entry.info.slug for entry in formats)
    raise FormatError("unknown_format", f"there is no format {slug!r} · known: {known}")


def detect_format(source: Source) -> Format | None:
    """The format that a source's ``intarsia.json`` names, else the first that recognises it, in registry order."""
    readers = [entry for entry in all_formats() if entry.info.can_import]
    stated = next((entry for entry in readers if states_format(source, entry.info.slug)), None)
    return stated or next((entry for entry in readers if entry.detect(source)), None)
