"""The demo mission's travel advisory, its message of 2012, and country information."""

from advisories.demo import advisory, alert, closure, country, presets, reference  # noqa: F401
