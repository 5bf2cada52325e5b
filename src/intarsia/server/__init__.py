# SPDX-License-Identifier: Apache-2.0
"""The HTTP server: ports, use cases, and the adapters that serve them."""
