"""Which pictures are taken, and how large."""

# By Pillow's name: how a file ends, and what it is called over HTTP.
FORMATS = {
    "PNG": (".png", "image/png"),
    "JPEG": (".jpg", "image/jpeg"),
    "WEBP": (".webp", "image/webp"),
    "GIF": (".gif", "image/gif"),
}
MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
# Of the file that is drawn, which is no larger than this many pixels a side.
LARGEST_DRAWN = 8 * MEGABYTE
SIDE = 1024
# More than any camera's; decoded they take four bytes each, within what the process may have.
MOST_PIXELS = 40_000_000
