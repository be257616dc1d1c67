"""What the app's pages keep to."""

# Milliseconds until the first byte, by account and for what is typed.
MOST_FIRST_BYTE = {"demo": 60.0, "full": 120.0}
MOST_TYPED = {"search": 100.0, "palette": 100.0}
KIB = 1024
MOST_BYTES = {"document": 35 * KIB, "styles": 18 * KIB, "scripts": 50 * KIB, "fonts": 48 * KIB, "all": 155 * KIB}
MOST_SEEN = {
    "painted_ms": 1000.0,
    "layout_shift": 0.02,
    "longest_frame_ms": 50.0,
    "move_painted_ms": 100.0,
    "interaction_to_paint_ms": 200.0,
}
MOST_ELSEWHERE_MS = 2000.0
LEAST_SCORE = 95
