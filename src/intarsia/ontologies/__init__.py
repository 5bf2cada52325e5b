# SPDX-License-Identifier: Apache-2.0
"""Ontologies to start from: one JSON file each, read by `templates`."""
