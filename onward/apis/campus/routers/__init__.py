"""The campus API's endpoints, by section of its document."""
