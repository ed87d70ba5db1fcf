"""A status beyond a byte is cut to its lower eight bits."""
raise SystemExit(300)
