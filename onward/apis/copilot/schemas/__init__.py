"""What goes over the wire in the copilot API."""
