"""Pages in the other languages of their mission: begun, written text by text, let out by two.

`wagtail_localize` takes a page apart, keeps what was typed for each part, and draws the editor.
What reaches readers goes the one way of every page (`publishing`): `steps` has each step, `memory`
reads what `wagtail_localize` keeps, `standing` knows since when a translation is behind, `screens`
are the addresses, and `staff_pages` puts them into Wagtail's.
"""
