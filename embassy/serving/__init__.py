"""What happens round every request: start, middleware, session, and pages for what went wrong."""
