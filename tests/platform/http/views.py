"""What the test server serves."""

import time
from itertools import count

from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

produced = {"chunks": 0, "closed": 0}


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
    time.sleep(float(request.GET.get("seconds", "1")))
    return HttpResponse("done", content_type="text/plain")


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
        time.sleep(0.2)
        raise RuntimeError("half way")

    return StreamingHttpResponse(chunks())


def drip(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        for number in range(3):
            yield f"{number}\n"
            time.sleep(0.5)

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


def this_file(request: HttpRequest) -> FileResponse:
    return FileResponse(open(__file__, "rb"), as_attachment=True)


urlpatterns = [
    path("hello", hello),
    path("size", size),
    path("asked", asked),
    path("asked/<path:rest>", asked),
    path("slow", slow),
    path("cookies", cookies),
    path("breaks", breaks),
    path("rows", rows),
    path("endless", endless),
    path("counted", counted),
    path("broken-stream", broken_stream),
    path("drip", drip),
    path("from-database", from_database),
    path("file", this_file),
]
