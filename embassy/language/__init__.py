"""The languages of a mission, and what is said otherwise in one of them."""
