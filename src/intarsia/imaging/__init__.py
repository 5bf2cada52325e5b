# SPDX-License-Identifier: Apache-2.0
"""Images in: recognised by their first bytes, measured before they are decoded, turned upright once."""
