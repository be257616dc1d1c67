"""What a deletion is answered with, in every chapter."""

from pydantic import BaseModel


class Deleted(BaseModel):
    """What a deletion is answered with."""

    detail: str
