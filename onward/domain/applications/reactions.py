"""What applications do when something happens elsewhere."""

from onward.domain.applications import services
from onward.domain.applications.models import Application
from onward.domain.applications.services.locking import lock_saved_jobs
from onward.domain.companies.events import CompanyDeleted


def leave_with_company(event: CompanyDeleted) -> None:
    """Remove the applications of a company that is about to go, each announced as a removal of its own."""
    # The saved jobs before the applications that came of them, as everywhere.
    lock_saved_jobs(application__company_id=event.company_id)
    # All held before the first goes. Those that are gone by now, or have moved elsewhere, are not among them.
    for application in Application.objects.select_for_update().filter(company_id=event.company_id).order_by("pk"):
        services.delete(application=application, at=event.at)
