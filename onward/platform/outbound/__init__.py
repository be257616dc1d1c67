"""The one way out of the house: every request that the server makes of its own goes through here.

The host is resolved once, every address that it has must be one that may be asked, and the connection goes to the
address that was checked. No proxy of the environment is used, and there is one deadline over all of it. A request
follows no redirect and unpacks nothing; a stream follows redirects within its host, and unpacks within limits.
"""

from onward.platform.outbound.addresses import NoAnswer, Reach, Refused, is_allowed
from onward.platform.outbound.client import Answer, request
from onward.platform.outbound.connection import Failed
from onward.platform.outbound.streaming import Stream, Unusable, stream
from onward.platform.outbound.targets import Target, target

__all__ = [
    "Answer",
    "Failed",
    "NoAnswer",
    "Reach",
    "Refused",
    "Stream",
    "Target",
    "Unusable",
    "is_allowed",
    "request",
    "stream",
    "target",
]
