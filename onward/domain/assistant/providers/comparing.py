"""Having a provider say in which order openings suit somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from django.conf import settings
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from onward.domain.assistant.providers import answers, prompts
from onward.domain.assistant.providers.router import Malformed, Router

MOST = 20
# Characters of a posting and of a résumé that are sent.
LONGEST_POSTING, LONGEST_RESUME = 1_500, 8_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordered:
    """An order of openings. :ivar names: all that were given, the best first :ivar model: whose order it is"""

    names: list[str]
    model: str


class Order(BaseModel):
    """What is asked for when openings are compared."""

    model_config = ConfigDict(extra="ignore")

    order: Annotated[list[str], BeforeValidator(answers.items), Field(strict=True, min_length=1)]


def ordered(*, owner_id: int, resume: str, openings: Mapping[str, str]) -> Ordered | None:
    """Have openings put in order; None where no provider is configured for comparisons.

    :param openings: by a short name: the title, the company and the posting of each, `MOST` at most
    :raises WriterFailed: when no provider gives an answer that can be used
    """
    config = settings.LLM_CONFIG
    if config is None or not config.enabled or not openings or not config.candidates("comparison"):
        return None
    cut = {name: text[:LONGEST_POSTING] for name, text in list(openings.items())[:MOST]}
    prompt = prompts.comparison(resume=resume[:LONGEST_RESUME], openings=cut)

    def read(text: str) -> list[str]:
        told = [name for name in dict.fromkeys(answers.read_object(text, Order).order) if name in cut]
        if len(told) * 2 < len(cut):
            raise Malformed(f"{len(told)} of the {len(cut)} openings in order", text=text[: answers.LONGEST])
        # What it has left out stays behind what it has named.
        return [*told, *(name for name in openings if name not in told)]

    answer = Router(config=config, owner_id=owner_id, category="comparison").ask(prompt, read)
    return Ordered(names=answer.value, model=answer.model)
