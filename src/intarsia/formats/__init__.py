# SPDX-License-Identifier: Apache-2.0
"""Ways in and out: one file per format, all behind the records of ``base`` and listed in ``registry``."""
