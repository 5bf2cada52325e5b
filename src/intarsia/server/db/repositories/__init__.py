# SPDX-License-Identifier: Apache-2.0
"""One repository for each family of tables."""
