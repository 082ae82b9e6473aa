"""Dates as French readers expect them, and hours on the 24-hour clock.

The letter S is « er » after the first of a month and nothing after other days: see `french.py`.
"""

DATE_FORMAT = "jS F Y"
MONTH_DAY_FORMAT = "jS F"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "jS F Y à H:i"
SHORT_DATE_FORMAT = "Y-m-d"
