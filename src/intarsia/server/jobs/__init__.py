# SPDX-License-Identifier: Apache-2.0
"""The durable job adapter."""
