"""Pictures and documents: what is taken, who may have it, and what stays while readers see it."""
