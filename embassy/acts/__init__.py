"""What takes a second person besides words: how it is asked for, confirmed and carried out."""
