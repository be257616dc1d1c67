"""The boards, and applying."""

from django.utils import timezone

from onward.domain.applications.services import apply_to
from tests.apis.campus.table import Cast, Ids, Pair, Row
from tests.factories import PostingFactory, ResumeFactory

BAKER = {"title": "Baker", "company": "Globex"}


def postings(kind: str) -> dict[str, Row]:
    #                                                             nobody member owner instr. moder. team admin
    return {
        f"GET /api/{kind}/":                                 Row("200    200    200   200    200    200  200"),
        f"POST /api/{kind}/":                                Row("401    403    403   403    403    201  201", BAKER),
        f"GET /api/{kind}/{{posting_id}}/":                   Row("200    200    200   200    200    200  200"),
        f"PUT /api/{kind}/{{posting_id}}/":                   Row("401    403    403   403    403    200  200", BAKER),
        f"DELETE /api/{kind}/{{posting_id}}/":                Row("401    403    403   403    403    204  204"),
        f"GET /api/{kind}/{{posting_id}}/applicants/":        Row("401    403    403   403    403    200  200"),
    }  # fmt: skip


def applications(kind: str) -> dict[str, Row]:
    named = f"{kind[:-1]}_id"

    def fresh(ids: Ids) -> dict[str, int]:
        return {named: ids[f"fresh_{kind}"].here}

    def anothers_resume(ids: Ids) -> dict[str, int]:
        return {**fresh(ids), "resume_id": ids["resume_id"].elsewhere}

    def of_the_other_board(ids: Ids) -> dict[str, int]:
        other = {"jobs": "internships", "internships": "jobs"}[kind]
        return {named: ids[f"fresh_{other}"].here}

    foreign = (anothers_resume, of_the_other_board)
    #                                                             nobody member owner instr. moder. team admin
    return {
        f"GET /api/users/{{user_id}}/{kind}/":               Row("401    403    200   403    403    403  200"),
        f"POST /api/users/{{user_id}}/{kind}/":              Row("401    403    201   403    403    403  201", fresh,
                                                                 foreign),
        f"GET /api/users/{{user_id}}/{kind}/{{posting_id}}/": Row("401    403    200   403    403    403  200"),
        f"DELETE /api/users/{{user_id}}/{kind}/{{posting_id}}/": Row("401 403    204   403    403    403  204"),
    }  # fmt: skip


OPERATIONS = {
    name: row for kind in ("jobs", "internships") for name, row in (postings(kind) | applications(kind)).items()
}


def make(cast: Cast) -> dict[str, Pair]:
    found = {"resume_id": Pair(ResumeFactory(owner=cast.owner).pk, ResumeFactory(owner=cast.another).pk)}
    for kind in ("jobs", "internships"):
        here, elsewhere, fresh = (
            PostingFactory(is_internship=kind == "internships", published_at=timezone.now()).pk for _ in range(3)
        )
        apply_to(owner_id=cast.owner.pk, posting_id=here, at=timezone.now())
        found |= {f"{kind}/posting_id": Pair(here, elsewhere), f"fresh_{kind}": Pair(fresh, fresh)}
    return found
