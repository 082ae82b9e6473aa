"""The Department's feed, step by step: source → reader → judgment → copy → drafts.

`importer` runs the steps; no step before it writes anything.
"""
