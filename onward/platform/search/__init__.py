"""Searching text: how texts are compared (`folded`), and how those of a model are found by their words (`index`)."""

from onward.platform.search.folding import Fold, FoldedAmong, Texts, folded

__all__ = ["Fold", "FoldedAmong", "Texts", "folded"]
