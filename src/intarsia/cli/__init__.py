# SPDX-License-Identifier: Apache-2.0
"""The command line: starts servers, moves data in and out."""
