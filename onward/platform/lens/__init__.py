"""How a contract's words stand for the record's."""

from onward.platform.lens.lens import FreeText, Lens, Unset

__all__ = ["FreeText", "Lens", "Unset"]
