"""People whom somebody knows on the way to a job."""
