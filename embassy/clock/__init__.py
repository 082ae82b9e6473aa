"""Moments on the clock of a place: how they are typed and said, and whether it is open then."""
