"""The demo mission's sections and offices, posts and officials."""

from sections.demo import offices, officials  # noqa: F401
