"""What is said in a video: written down in the languages that somebody has it in."""

import io
import re
from datetime import datetime

from django.db import transaction

from onward.domain.video.models import Caption
from onward.domain.writing.models import Entry
from onward.platform.record import locked, missing
from onward.platform.refusals import Invalid

LONGEST, MOST = 1024 * 1024, 40
# A language tag (BCP 47).
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
LONGEST_LANGUAGE = 35


def language_of(tag: str) -> str:
    """Return a language tag in its usual spelling: ``pt-BR``.

    :raises Missing: when it is none
    """
    if len(tag) > LONGEST_LANGUAGE or not LANGUAGE.fullmatch(tag):
        raise missing("language")
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def put(*, entry: Entry, language: str, content: bytes, at: datetime) -> None:
    """Set the captions of a video in a language.

    :param language: as `language_of` gives it
    :param content: WebVTT or SubRip
    :raises Invalid: naming ``file``, when it is neither, or too long, or there are too many languages
    """
    written = as_vtt(content)
    with transaction.atomic():
        held = locked(entry)
        if held.removed_at is not None:
            raise missing("video")
        others = Caption.objects.filter(video_id=held.pk).exclude(language=language)
        if others.count() >= MOST:
            raise _refused(f"A video has captions in {MOST} languages at most.")
        Caption.objects.update_or_create(
            video_id=held.pk, language=language, defaults={"content": written, "updated_at": at}
        )
        Entry.objects.filter(pk=held.pk).update(updated_at=at)


@transaction.atomic
def remove(*, entry: Entry, language: str, at: datetime) -> None:
    """Remove the captions of a video in a language.

    :raises Missing: when there are none
    """
    held = locked(entry)
    if not Caption.objects.filter(video_id=held.pk, language=language).delete()[0]:
        raise missing("captions")
    Entry.objects.filter(pk=held.pk).update(updated_at=at)


def as_vtt(content: bytes) -> str:
    """Return captions as WebVTT, whichever of both forms they have.

    :raises Invalid: naming ``file``, when they have neither
    """
    # Two megabytes, which a process that reads none does without.
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    if len(content) > LONGEST:
        raise _refused("Captions may have 1 MB.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        form = "vtt" if text.startswith("WEBVTT") else "srt"
        found = webvtt.from_buffer(io.StringIO(text), format=form)
    except (UnicodeDecodeError, MalformedFileError, MalformedCaptionError):
        found = None
    if not found:
        raise _refused("Send captions as WebVTT or SubRip, in UTF-8.")
    return text if form == "vtt" else str(found.content)


def _refused(sentence: str) -> Invalid:
    return Invalid(fields={"file": [sentence]})
