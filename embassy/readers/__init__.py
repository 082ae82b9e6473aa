"""What readers send without an account: questions, remarks, and how many are taken."""
