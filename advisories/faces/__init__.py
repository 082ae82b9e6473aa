"""The public faces of a warning: each reads the frozen rows, none writes."""
