# SPDX-License-Identifier: Apache-2.0
"""The demo: photographs that may be passed on (see data/NOTICE.md), and how they become projects."""
