# SPDX-License-Identifier: Apache-2.0
"""Class colours in the order in which they are given out, chosen to be told apart, also by the colour-blind."""

from __future__ import annotations

from typing import Final

CLASS_COLOURS: Final[tuple[str, ...]] = (
    "#2C9EF3",  # Azure
    "#CF5200",  # Ember
    "#E1F812",  # Lime
    "#A21E44",  # Wine
    "#96FCFB",  # Aqua
    "#3E8D90",  # Petrol
    "#1E2BFC",  # Cobalt
    "#A1AF6C",  # Moss
    "#CBF7C6",  # Mint
    "#72456F",  # Plum
    "#B81110",  # Scarlet
    "#AAC0F8",  # Sky
    "#02614C",  # Pine
    "#F7B8CE",  # Blush
    "#E48C16",  # Amber
    "#2FBD9E",  # Jade
    "#9203A8",  # Violet
    "#90754D",  # Umber
    "#C0557E",  # Rose
    "#2C72F6",  # Royal
    "#7769A5",  # Iris
    "#BA89B5",  # Lilac
    "#EBD078",  # Straw
    "#C27F7D",  # Clay
)
