"""Dates and hours as French readers expect them: « 1er juin 2026 à 23 h 58 ».

The letter S is « er » after the first of a month and nothing after other days; f is the hour of
the day, without minutes that are none: see `french.py`.
"""

DATE_FORMAT = "jS F Y"
MONTH_DAY_FORMAT = "jS F"
TIME_FORMAT = "f"
DATETIME_FORMAT = "jS F Y à f"
SHORT_DATE_FORMAT = "Y-m-d"
