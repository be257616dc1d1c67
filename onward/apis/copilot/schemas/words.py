"""Words and texts of the copilot document that several of its bodies take."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from onward.apis.copilot.lenses import JOB_STATUS, JOB_TYPE, REMOTE_OPTION, SOURCE, STATUS
from onward.platform.lens import Lens
from onward.platform.wire import Id, OneOf, Text, Unsigned4


def _as_spelled_here(lens: Lens) -> BeforeValidator:
    """Take ``Full Time`` for ``full-time``: people and programs differ in what stands between words."""
    known = {_bare(word): word for word in lens.words if word is not None}
    return BeforeValidator(lambda value: known.get(_bare(value), value) if isinstance(value, str) else value)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter not in " -_")


def _no_text(value: Any) -> Any:
    if isinstance(value, str):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


# Of bodies: a number is a JSON number, and no text that spells one.
NUMBER = BeforeValidator(_no_text)
Amount = Annotated[Unsigned4, NUMBER]
IdInBody = Annotated[Id, NUMBER]
# Each of many, of which one that cannot be is told by itself.
AnyId = Annotated[int, NUMBER]
StatusWord = Annotated[str, OneOf(*STATUS.words)]
JobStatusWord = Annotated[str, OneOf(*JOB_STATUS.words)]
JobTypeWord = Annotated[str, OneOf(*JOB_TYPE.words), _as_spelled_here(JOB_TYPE)]
RemoteWord = Annotated[str, OneOf(*REMOTE_OPTION.words), _as_spelled_here(REMOTE_OPTION)]
# A source that is not known was entered by hand.
SourceWord = Annotated[str, Text(255), AfterValidator(SOURCE.show)]
Name = Annotated[str, Text(255, shortest=1)]


def needed_without(other: str) -> AfterValidator:
    """Require a field where another one, which stands before it, is not sent."""

    def check(value: Any, said: ValidationInfo) -> Any:
        if value is None and said.data.get(other) is None:
            raise PydanticCustomError("missing", "Field required")
        return value

    return AfterValidator(check)
