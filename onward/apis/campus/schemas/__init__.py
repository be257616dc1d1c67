"""What goes over the wire of the campus API, by section of its document."""
