"""What tests of courses share."""

COURSES = "/campus/api/courses/"


def made(answered):
    assert answered.status_code == 201, answered.content
    return answered.json()


def shown(answered):
    assert answered.status_code == 200, answered.content
    return answered.json()


def of(user):
    return f"/campus/api/users/{user.pk}/courses/"


def rows(api, path, **asked):
    return shown(api.get(path, asked))["results"]


def completed_by(user):
    return f"/campus/api/users/{user.pk}/completed-courses/"
