# SPDX-License-Identifier: Apache-2.0
"""What an operator does with a data directory: back it up, restore it, check it. Works beside a running server."""
