"""The one way out of the house: every request that the server makes of its own goes through here.

The host is resolved once, every address that it has must be one that may be asked, and the connection goes to the
address that was checked. No redirect is followed, no proxy of the environment is used, nothing is decompressed, and
there is one deadline over all of it.
"""

from onward.platform.outbound.addresses import NoAnswer, Reach, Refused, is_allowed
from onward.platform.outbound.client import Answer, Failed, request
from onward.platform.outbound.targets import Target, target

__all__ = ["Answer", "Failed", "NoAnswer", "Reach", "Refused", "Target", "is_allowed", "request", "target"]
