"""What the copilot API says of all its things: numbers name them, and lists are arrays with their total in a header."""

from onward.apis import resource
from onward.apis.paging import CountedSlices
from onward.platform.record import missing
from onward.platform.refusals import Refusal


class Resource(resource.Resource):
    """A thing of the copilot API."""

    paging = CountedSlices(usual=100, most=1000)
    # What a change leaves out stays as it is.
    whole_bodies = frozenset()

    def missing(self, key: object) -> Refusal:
        return missing(self.called)
