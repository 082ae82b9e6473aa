"""What was done by whom: writing it down, proving it whole, and the report."""
