from django.http import FileResponse

from onward.platform.storage.files import open_file


def download(key: str, *, name: str, content_type: str) -> FileResponse:
    """Answer with a private file, in pieces, as something to save and never as something to show.

    :param name: what the person's own copy is to be called
    :param content_type: what was found in the content, not what a client claimed
    :raises Missing: when there is no such file
    """
    response = FileResponse(open_file(key), as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
