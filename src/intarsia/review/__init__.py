# SPDX-License-Identifier: Apache-2.0
"""Review rules: from an annotation to findings. One file a rule, named by what it finds."""
