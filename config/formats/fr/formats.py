"""Where the guide differs from what Django knows of French."""

DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j F, H:i"
THOUSAND_SEPARATOR = "\u202f"
