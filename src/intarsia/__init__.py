# SPDX-License-Identifier: Apache-2.0
"""Intarsia: a self-hosted training-data platform for image segmentation."""

__version__ = "0.1.0"
