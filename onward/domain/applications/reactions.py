"""What applications do when something happens elsewhere."""

from onward.domain.applications import services
from onward.domain.applications.models import Application
from onward.domain.companies.events import CompanyDeleted


def leave_with_company(event: CompanyDeleted) -> None:
    """Remove the applications of a company that is about to go, each announced as a removal of its own."""
    for application in Application.objects.select_related("company").filter(company_id=event.company_id):
        services.delete(application=application, at=event.at)
