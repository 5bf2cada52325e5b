# SPDX-License-Identifier: Apache-2.0
"""Schema changes, run at start."""
