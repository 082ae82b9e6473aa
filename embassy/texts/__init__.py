"""What is in a text: hints for its writer, numbers typed into it, and what may not be there."""
