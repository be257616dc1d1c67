"""What the outreach desk says of all its things: numbers name them, and lists come in pages of 20."""

from onward.apis import resource
from onward.apis.paging import StrictPages

PAGES = StrictPages(usual=20, most=100)


class Resource(resource.Resource):
    """A thing of the outreach desk."""

    paging = PAGES
