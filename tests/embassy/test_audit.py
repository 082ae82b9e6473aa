"""What is on record: each act through its real screen, once, for its mission, and for good."""
