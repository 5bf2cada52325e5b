# SPDX-License-Identifier: Apache-2.0
"""Speed, size and memory of Intarsia against its stated goals. Run as ``python -m bench`` from the project's folder."""
