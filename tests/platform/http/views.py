"""What the test server serves."""

import threading
import time
from collections import defaultdict
from itertools import count

from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from onward.platform.http.awaiting import Awaited

produced = {"chunks": 0, "closed": 0, "held": 0}
# Seconds, longer than any test waits: what is held goes on when the test opens its gate, and not by itself.
HELD = 240
gates: defaultdict[str, threading.Event] = defaultdict(threading.Event)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", content_type="text/plain")


def size(request: HttpRequest) -> HttpResponse:
    files = (
        {
            name: file.size  # type: ignore[union-attr]
            for name, file in request.FILES.items()
        }
        if request.method == "POST"
        else {}
    )
    return JsonResponse({"size": len(request.body), "files": files})


def asked(request: HttpRequest, rest: str = "") -> JsonResponse:
    return JsonResponse(
        {
            "path": request.path,
            "method": request.method,
            "peer": request.META["REMOTE_ADDR"],
            "query": request.GET.dict(),
        }
    )


def slow(request: HttpRequest) -> HttpResponse:
    produced["held"] += 1
    time.sleep(0.5)
    return HttpResponse("done", content_type="text/plain")


def held(request: HttpRequest) -> HttpResponse:
    produced["held"] += 1
    gates[request.GET["gate"]].wait(HELD)
    return HttpResponse("done", content_type="text/plain")


def let_go(request: HttpRequest) -> HttpResponse:
    gates[request.GET["gate"]].set()
    return HttpResponse()


def cookies(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret is 42")


def rows(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse((f"row {number}\n" for number in range(10_000)), content_type="text/csv")


def endless(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        try:
            for _ in count():
                produced["chunks"] += 1
                yield b"x" * 65536
        finally:
            produced["closed"] += 1

    return StreamingHttpResponse(chunks())


def counted(request: HttpRequest) -> JsonResponse:
    return JsonResponse(produced)


def broken_stream(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        yield b"the beginning"
        time.sleep(0.05)
        raise RuntimeError("half way")

    return StreamingHttpResponse(chunks())


def drip(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        yield "first\n"
        gates["drip"].wait(HELD)
        yield "last\n"

    return StreamingHttpResponse(chunks(), content_type="text/event-stream")


def from_database(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n"
            )
            while found := cursor.fetchmany(100):
                yield "".join(f"{row[0]}\n" for row in found)

    return StreamingHttpResponse(chunks(), content_type="text/csv")


awaited_jobs = {"begun": 0, "given_up": 0}
released: set[int] = set()


def ended(job_ids):
    return released & set(job_ids)


def awaited(request: HttpRequest) -> Awaited:
    job_id = int(request.GET["job"])
    awaited_jobs["begun"] += 1

    def give_up() -> None:
        awaited_jobs["given_up"] += 1

    def make() -> HttpResponse:
        return JsonResponse({"job": job_id}, status=201, headers={"X-Made": "late"})

    return Awaited(job_id=job_id, seconds=float(request.GET.get("seconds", "60")), make=make, give_up=give_up)


def waiting(request: HttpRequest) -> JsonResponse:
    return JsonResponse(awaited_jobs)


def release(request: HttpRequest) -> HttpResponse:
    released.add(int(request.GET["job"]))
    return HttpResponse()


def this_file(request: HttpRequest) -> FileResponse:
    return FileResponse(open(__file__, "rb"), as_attachment=True)


urlpatterns = [
    path("hello", hello),
    path("size", size),
    path("asked", asked),
    path("asked/<path:rest>", asked),
    path("slow", slow),
    path("held", held),
    path("let-go", let_go),
    path("cookies", cookies),
    path("breaks", breaks),
    path("rows", rows),
    path("endless", endless),
    path("counted", counted),
    path("broken-stream", broken_stream),
    path("drip", drip),
    path("from-database", from_database),
    path("file", this_file),
    path("awaited", awaited),
    path("waiting", waiting),
    path("release", release),
]
