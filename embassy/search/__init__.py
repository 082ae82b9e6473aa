"""Search over everything public of a mission, a file for each part of it.

`indexing` writes the words under which things are found, by the rules of `languages`; `view` reads
what somebody asks (`asked`), within what they may find (`scope`), in order (`ranking`), as it is
shown (`excerpts`, `results`), with `kinds` to choose from, what staff put first (`promoted`), and
what somebody may have meant (`suggestions`, out of the words kept by `words`).
"""
