# SPDX-License-Identifier: Apache-2.0
"""Intarsia from Python: upload images, read and write label maps as numpy arrays, import and export."""

from intarsia.sdk.client import Client
from intarsia.sdk.errors import InvalidRequestError, JobFailedError, NotSignedInError, UnreachableError
from intarsia.sdk.ontology_models import Ontology, OntologyClass

__all__ = [
    "Client",
    "InvalidRequestError",
    "JobFailedError",
    "NotSignedInError",
    "Ontology",
    "OntologyClass",
    "UnreachableError",
]
