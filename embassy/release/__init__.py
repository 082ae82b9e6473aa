"""How pages go out by two people, from what was typed to what readers see."""
