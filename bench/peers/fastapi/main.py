"""The endpoints."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bench.peers.fastapi import copilot
from bench.peers.fastapi.database import get_db
from bench.peers.fastapi.models import Application, Company, Interview, Resume, User, now
from bench.peers.fastapi.offers import OfferedApplication
from bench.peers.fastapi.schemas import (
    ApplicationIn,
    ApplicationNested,
    ApplicationOut,
    ApplicationPage,
    CompanyOut,
    Dashboard,
)
from bench.peers.fastapi.security import get_current_user

PAGE_SIZE = 20

app = FastAPI()
app.include_router(copilot.router)

CurrentUser = Annotated[User, Depends(get_current_user)]
Database = Annotated[Session, Depends(get_db)]


@app.get("/api/v1/applications/", response_model=ApplicationPage)
def list_applications(request: Request, db: Database, user: CurrentUser, page: int = 1):
    count = db.scalar(select(func.count()).select_from(Application).where(Application.owner_id == user.id))
    if page < 1 or (page > 1 and (page - 1) * PAGE_SIZE >= count):
        raise HTTPException(status_code=404, detail="Invalid page.")
    applications = db.scalars(
        select(Application)
        .where(Application.owner_id == user.id)
        .options(joinedload(Application.company))
        .order_by(Application.updated_at.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return {
        "count": count,
        "next": str(request.url.include_query_params(page=page + 1)) if page * PAGE_SIZE < count else None,
        "previous": str(request.url.include_query_params(page=page - 1)) if page > 1 else None,
        "results": applications,
    }


def application_out(db: Session, application: Application) -> ApplicationOut:
    company = application.company
    company_applications = db.scalar(
        select(func.count()).select_from(Application).where(Application.company_id == company.id)
    )
    interviews = db.scalar(
        select(func.count()).select_from(Interview).where(Interview.application_id == application.id)
    )
    application.company_details = CompanyOut(
        id=company.id,
        name=company.name,
        industry=company.industry,
        location=company.location,
        application_count=company_applications,
    )
    application.notes_count = len(application.notes)
    application.interviews_count = interviews
    return application


@app.post("/api/v1/applications/", response_model=ApplicationOut, status_code=201)
def create_application(body: ApplicationIn, db: Database, user: CurrentUser):
    company = db.get(Company, body.company)
    if company is None or company.owner_id != user.id:
        raise HTTPException(status_code=400, detail="Company not found.")
    if body.resume_version is not None:
        resume = db.get(Resume, body.resume_version)
        if resume is None or resume.owner_id != user.id:
            raise HTTPException(status_code=400, detail="Resume not found.")
    application = Application(
        owner_id=user.id,
        company_id=company.id,
        resume_id=body.resume_version,
        **body.model_dump(exclude={"company", "resume_version"}),
    )
    db.add(application)
    db.commit()
    db.refresh(application)
    return application_out(db, application)


@app.get("/api/v1/applications/{application_id}/", response_model=ApplicationOut)
def get_application(application_id: int, db: Database, user: CurrentUser):
    application = db.scalar(
        select(Application)
        .where(Application.id == application_id, Application.owner_id == user.id)
        .options(joinedload(Application.company), selectinload(Application.notes))
    )
    if application is None:
        raise HTTPException(status_code=404, detail="Not found.")
    return application_out(db, application)


@app.get("/api/v1/bench/nested/", response_model=list[ApplicationNested])
def list_nested(db: Database, user: CurrentUser):
    return db.scalars(
        select(Application)
        .where(Application.owner_id == user.id)
        .options(joinedload(Application.company), selectinload(Application.notes), selectinload(Application.interviews))
        .order_by(Application.updated_at.desc())
        .limit(100)
    ).all()


@app.get("/offers/api/v1/applications/", response_model=list[OfferedApplication])
def list_offers(db: Database, user: CurrentUser, skip: int = 0, limit: int = 100):
    return db.scalars(
        select(Application)
        .where(Application.owner_id == user.id)
        .options(
            joinedload(Application.company),
            joinedload(Application.owner),
            joinedload(Application.resume),
            joinedload(Application.outcome),
            joinedload(Application.reflection),
            selectinload(Application.main_note),
            selectinload(Application.stages),
        )
        .order_by(Application.created_at.desc())
        .offset(skip)
        .limit(limit)
    ).all()


@app.get("/api/v1/analytics/dashboard/", response_model=Dashboard)
def dashboard(db: Database, user: CurrentUser):
    mine = Application.owner_id == user.id

    def count(*conditions) -> int:
        return db.scalar(select(func.count()).select_from(Application).where(mine, *conditions))

    sent = count(Application.status != "wishlist")
    answered = count(Application.status != "wishlist", Application.response_date.is_not(None))
    average = db.scalar(
        select(func.avg(Application.response_date - Application.applied_date)).where(
            mine,
            Application.status != "wishlist",
            Application.response_date.is_not(None),
            Application.applied_date.is_not(None),
        )
    )
    breakdown = db.execute(select(Application.status, func.count()).where(mine).group_by(Application.status)).all()
    return Dashboard(
        total_applications=count(),
        active_applications=count(Application.status.in_(["applied", "screening", "interviewing", "offer"])),
        offers_received=count(Application.status.in_(["offer", "accepted"])),
        interviews_scheduled=db.scalar(
            select(func.count())
            .select_from(Interview)
            .where(Interview.owner_id == user.id, Interview.status == "scheduled", Interview.scheduled_at > now())
        ),
        response_rate=round(answered / sent * 100, 1) if sent else 0,
        avg_response_days=round(float(average), 1) if average is not None else None,
        status_breakdown={status: number for status, number in breakdown},
    )
