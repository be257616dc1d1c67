"""Onward beside two plain peers and a floor: the same tables, the same answers, the same load."""
