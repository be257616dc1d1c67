"""The endpoints of the copilot API, a file for each thing."""
