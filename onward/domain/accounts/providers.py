"""OpenID providers at which somebody may have an account that opens the one here."""

GOOGLE_ISSUER = "https://accounts.google.com"
