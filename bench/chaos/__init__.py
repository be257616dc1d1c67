"""What one sender can do to the others: each trial of ``python -m bench.chaos NAME`` gives a figure."""
