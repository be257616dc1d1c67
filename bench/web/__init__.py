"""The web app, measured and photographed as somebody sees it: a server of its own, with the demo and a full account."""
