# SPDX-License-Identifier: Apache-2.0
"""Errors with a stable code.

IntarsiaError
├── CodecError       bytes that are not a tile, pack or pixel runs of the contract
├── GeometryError    a shape or an image size outside what raster.md allows
├── EditError        an edit that cannot be read, composed, applied or accepted
├── OntologyError    an ontology that contradicts itself or its former version
├── NotFoundError    something named does not exist (or may not be seen)
├── ConflictError    the state changed, or forbids the action now
└── ForbiddenError   the actor may not do this
"""

from __future__ import annotations


class IntarsiaError(Exception):
    """Base of all errors that a caller may show: `code` never changes, `message` says what to do, `details` is JSON."""

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.details: dict[str, object] = details

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.message, self.details))


def _rebuild(kind: type[IntarsiaError], code: str, message: str, details: dict[str, object]) -> IntarsiaError:
    return kind(code, message, **details)


class CodecError(IntarsiaError):
    """Bytes that break the label-map codec or the pixel-run encoding."""


class GeometryError(IntarsiaError):
    """A shape, radius or size out of range."""


class EditError(IntarsiaError):
    """An edit that is malformed, stale, not composable or rejected."""


class OntologyError(IntarsiaError):
    """An ontology that is malformed or changes what must never change."""


class NotFoundError(IntarsiaError):
    """A named thing does not exist."""


class ConflictError(IntarsiaError):
    """The present state forbids the action."""


class ForbiddenError(IntarsiaError):
    """The actor is not allowed to do this."""
