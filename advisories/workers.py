"""What runs beside the web server: the worker that empties the outbox."""

from embassy.workers import beside_server

beside_server("deliver")
