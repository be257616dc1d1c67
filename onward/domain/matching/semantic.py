"""How close texts are in what they speak of, 0 to 100: by an embedding model of the operator's, or by their words."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import structlog
from django.conf import settings

from onward.platform.search.terms import terms

log = structlog.get_logger(__name__)

LEXICAL = "onward-lexical-1"
UNUSABLE = "The embedding model of this server cannot be used, so texts were compared by their words."
# Signs of a text that are compared.
LONGEST = 20_000


def closeness(text: str, others: Sequence[str]) -> tuple[list[int], str, list[str]]:
    """Compare a text with others.

    :return: 0 to 100 for each, the name of the model, and warnings
    """
    cut = [other[:LONGEST] for other in others]
    folder = settings.EMBEDDINGS
    if folder and others:
        try:
            return _embedded(text[:LONGEST], cut, folder), f"model2vec:{folder.name}", []
        except Exception:
            # Whatever another package raises over a folder of somebody else's: the words are there.
            log.exception("embeddings_unusable", folder=str(folder))
            return lexical(text[:LONGEST], cut), LEXICAL, [UNUSABLE]
    return lexical(text[:LONGEST], cut), LEXICAL, []


def lexical(text: str, others: Sequence[str]) -> list[int]:
    """Compare by words without their endings: the cosine of their counts, dampened, and of how rare they are here.

    Salton and Buckley (1988): logarithmic frequency times inverse document frequency.
    """
    counts = [Counter(terms(one)) for one in (text, *others)]
    spread = Counter(term for count in counts for term in count)
    rarity = {term: math.log((1 + len(counts)) / times) for term, times in spread.items()}
    weighted = [{term: (1 + math.log(n)) * rarity[term] for term, n in count.items()} for count in counts]
    lengths = [math.sqrt(sum(weight * weight for weight in row.values())) for row in weighted]
    own = weighted[0]
    return [
        _percent(sum(weight * own[term] for term, weight in row.items() if term in own), lengths[0] * length)
        for row, length in zip(weighted[1:], lengths[1:], strict=True)
    ]


def _embedded(text: str, others: Sequence[str], folder: Any) -> list[int]:
    first, *rest = _model(str(folder)).encode([text, *others]).tolist()
    own = math.sqrt(sum(value * value for value in first))
    return [
        _percent(
            sum(a * b for a, b in zip(first, row, strict=True)), own * math.sqrt(sum(value * value for value in row))
        )
        for row in rest
    ]


@cache
def _model(folder: str) -> Any:
    from model2vec import StaticModel

    return StaticModel.from_pretrained(folder)


def _percent(product: float, lengths: float) -> int:
    return round(100 * min(1.0, max(0.0, product / lengths))) if lengths else 0
