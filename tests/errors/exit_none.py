"""SystemExit without an argument ends with status 0."""
raise SystemExit
