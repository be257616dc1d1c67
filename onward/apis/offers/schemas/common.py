"""What answers of several chapters share."""

from pydantic import BaseModel


class Deleted(BaseModel):
    """What a deletion is answered with."""

    detail: str
