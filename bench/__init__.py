"""Measurements of Chancery, each against a peer in the same run."""
