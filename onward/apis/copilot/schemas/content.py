"""Texts as the copilot document asks for them and shows them."""

from datetime import datetime
from typing import Annotated, Any

from onward.apis.copilot.lenses import CONTENT_TYPE, TEMPLATE, TONE
from onward.apis.copilot.schemas.words import IdInBody
from onward.platform.wire import EMPTY_IS_NULL, Body, From, OneOf, Text, Wire, empty_is

# Characters.
LONGEST_INSTRUCTIONS = 2000

ContentTypeWord = Annotated[str, OneOf(*CONTENT_TYPE.words)]
ToneWord = Annotated[str, OneOf(*TONE.words)]
TemplateWord = Annotated[str, OneOf(*TEMPLATE.words)]


class ContentIn(Body):
    """What to write about a job that one tracks. `template_type` is what an email is for."""

    job_id: IdInBody
    content_type: ContentTypeWord
    tone: Annotated[ToneWord, empty_is("professional")] = "professional"
    template_type: Annotated[TemplateWord, empty_is("follow_up")] = "follow_up"
    custom_instructions: Annotated[Annotated[str, Text(LONGEST_INSTRUCTIONS)] | None, EMPTY_IS_NULL] = None


class ContentRow(Wire):
    """A text about a job. What was written through another API may have no tone here, and no job."""

    content_id: Annotated[int, From("id")]
    content_type: Annotated[ContentTypeWord, From("kind", lens=CONTENT_TYPE)]
    tone: Annotated[ToneWord | None, From("tone", lens=TONE)]
    generated_content: Annotated[str, From("content")]
    model: str
    created_at: datetime
    job_id: Annotated[int | None, From("saved_job_id")]
    template_type: Annotated[TemplateWord | None, From("template", lens=TEMPLATE)]
    company: Annotated[str, From("company_name")]
    title: Annotated[str, From("job_title")]
    warnings: list[Any]


class ContentOut(ContentRow):
    """A text in full: `sources` are the lines of the résumé that its claims rest on, as far as the writer knows."""

    sources: list[Any]
