"""Plain data in, drawings out, each with a text that says the same."""
