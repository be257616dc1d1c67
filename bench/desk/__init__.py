"""The outreach desk: how its reads grow with the leads, bulk operations, exports, and the list while a fetch runs."""
