"""The campus API: a school's boards, applications, blogs and forums (`docs/apis/campus.md`)."""

from onward.apis.base import Api
from onward.apis.campus.errors import EXAMPLES, Errors
from onward.apis.campus.routers import (
    auth,
    blogs,
    boards,
    chats,
    comments,
    courses,
    flags,
    forums,
    messages,
    quizzes,
    users,
    video_files,
    video_uploads,
    videos,
)

api = Api(
    name="campus",
    title="Onward: the campus API",
    description=(
        "What a school runs: accounts and profiles, a board of jobs and internships, and applications that are there "
        "in all the other APIs. Every path works with and without its last slash."
    ),
)
Errors().register(api)
api.serve_document(EXAMPLES)

api.add_router("api/auth/", auth.router)
api.add_router("api/users/", users.router)
api.add_router("api/users/", boards.user_jobs)
api.add_router("api/users/", boards.user_internships)
api.add_router("api/users/", courses.user_router)
api.add_router("api/jobs/", boards.jobs)
api.add_router("api/internships/", boards.internships)
api.add_router("api/blogs/", blogs.router)
api.add_router("api/forums/", forums.router)
api.add_router("api/flags/", flags.router)
api.add_router("api/videos/", videos.router)
api.add_router("api/videos/", video_files.router)
api.add_router("api/videos/uploads/", video_uploads.router)
api.add_router("api/videos/", comments.router)
api.add_router("api/courses/", courses.router)
api.add_router("api/chats/", chats.router)
api.add_router("api/chats/", messages.router)
api.add_router("api/quizzes/", quizzes.router)
