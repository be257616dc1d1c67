"""How a contract's words stand for the record's."""

from onward.platform.lens.lens import Lens, Unset

__all__ = ["Lens", "Unset"]
