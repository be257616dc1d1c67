"""Accounts and profiles."""

from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import PASSWORD

EVE = {"username": "eve", "email": "eve@example.org", "password": PASSWORD}

OPERATIONS = {
    #                                             nobody member owner instr. moder. team admin
    "POST /api/auth/register/":              Row("201    201    201   201    201    201  201", EVE),
    "POST /api/auth/login/":                 Row("200    200    200   200    200    200  200",
                                                 {"username": "owner", "password": PASSWORD}),
    "POST /api/auth/refresh/":               Row("401    401    401   401    401    401  401", {"refresh": "x"}),
    "POST /api/auth/password-reset/":        Row("200    200    200   200    200    200  200", {"email": "x@y.example"}),
    "POST /api/auth/password-reset/confirm/": Row("400   400    400   400    400    400  400",
                                                 {"token": "x", "new_password": PASSWORD}),
    "POST /api/auth/logout/":                Row("401    400    400   400    400    400  400", {"refresh": "x"}),
    "GET /api/auth/user/":                   Row("401    200    200   200    200    200  200"),
    "PUT /api/auth/user/":                   Row("401    200    200   200    200    200  200", {"first_name": "E"}),
    "DELETE /api/auth/user/":                Row("401    204    204   204    204    204  409"),
    "GET /api/users/":                       Row("401    200    200   200    200    200  200"),
    "GET /api/users/{user_id}/profile/":     Row("401    403    200   403    403    403  200"),
    "PUT /api/users/{user_id}/profile/":     Row("401    403    200   403    403    403  200", {"bio": "E"}),
    "PATCH /api/users/{user_id}/profile/":   Row("401    403    200   403    403    403  200", {"bio": "E"}),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    return {"user_id": Pair(cast.owner.pk, cast.another.pk)}
