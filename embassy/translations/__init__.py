"""Pages in the other languages of their mission: begun, written text by text, let out by two.

`wagtail_localize` takes a page apart, keeps what was typed for each part, and draws the editor.
What reaches readers goes the one way of every page (`publishing`): `steps` has each step,
`stopping` gives a page words of its own, `memory` reads what `wagtail_localize` keeps, `newer`
knows what a colleague typed meanwhile, `standing` since when a translation is behind, `originals`
which of them lost the page they are made from. `screens` and `typing_screens` are the addresses,
`staff_pages` puts them into Wagtail's, and `deeds` are what the matrix of rights tries.
"""
