"""Reading what members write."""
