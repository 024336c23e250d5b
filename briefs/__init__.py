"""From documents to briefings, with no Discord in sight."""
