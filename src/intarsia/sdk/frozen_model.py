# SPDX-License-Identifier: Apache-2.0
"""The base of what the HTTP interface answers: frozen; unknown fields are ignored, for the sake of older clients."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)
