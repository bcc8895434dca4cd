"""Pages of the movement: what regions do for their workers without cover. Each part is a folder; `frame.PARTS` names them."""
