# SPDX-License-Identifier: Apache-2.0
"""HTTP: parse, call a use case, shape the answer."""
