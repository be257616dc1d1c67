"""What a file is, by its first bytes and whatever its name says."""

import filetype

# How much of a file is looked at.
BEGIN = 8192
# By what `filetype` says. Of Ogg it cannot tell what is in it.
KINDS = {
    "video/mp4": "video/mp4",
    "video/x-m4v": "video/mp4",
    "video/quicktime": "video/quicktime",
    "video/webm": "video/webm",
    "video/x-matroska": "video/x-matroska",
    "audio/ogg": "video/ogg",
}
# What `ffmpeg` calls the reader of each: no other may look at it.
READERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/ogg": "ogg",
}
# Further brands of MP4 (ISO/IEC 14496-12) that cameras and packagers write.
_BRANDS = (b"iso", b"mp4", b"avc1", b"dash", b"M4V", b"3gp", b"msdh")


def recognise(begin: bytes) -> str:
    """Return the content type of a video that begins so; nothing where it is none that is taken."""
    found = filetype.guess_mime(begin)
    if found is None and begin[4:8] == b"ftyp" and begin[8:12].startswith(_BRANDS):
        found = "video/mp4"
    return KINDS.get(found or "", "")
