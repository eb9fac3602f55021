"""Drawing that several studies share: the sheet, lines, labels, the tile map, ternary axes, fans."""
