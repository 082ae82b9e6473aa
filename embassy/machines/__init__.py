"""What programs read: feeds, calendar, structured data."""
