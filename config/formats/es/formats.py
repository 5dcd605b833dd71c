"""Where the guide differs from what Django knows of Spanish."""

DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
SHORT_DATETIME_FORMAT = r"j \d\e F, H:i"
