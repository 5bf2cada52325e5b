# SPDX-License-Identifier: Apache-2.0
"""One file per kind of thing that the server keeps."""
