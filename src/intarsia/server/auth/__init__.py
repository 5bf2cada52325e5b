# SPDX-License-Identifier: Apache-2.0
"""Local sign-in: one-time tokens and sessions."""
