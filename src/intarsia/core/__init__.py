# SPDX-License-Identifier: Apache-2.0
"""The pure label-map core: standard library and numpy only; no I/O, clock, random numbers, environment or logging."""
