"""The servers that Onward is measured against."""
