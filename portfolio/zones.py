"""The time zones that a member chooses from: one a clock that festivals and people keep. Pure."""

NAMES = """
UTC Europe/London Europe/Dublin Europe/Lisbon Atlantic/Reykjavik Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome
Europe/Amsterdam Europe/Brussels Europe/Copenhagen Europe/Oslo Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Prague
Europe/Zurich Europe/Budapest Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kyiv Europe/Istanbul Europe/Moscow
Africa/Lagos Africa/Accra Africa/Cairo Africa/Johannesburg Africa/Nairobi Asia/Jerusalem Asia/Dubai Asia/Tehran Asia/Karachi
Asia/Kolkata Asia/Dhaka Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Hong_Kong Asia/Shanghai Asia/Manila Asia/Seoul Asia/Tokyo
Australia/Perth Australia/Adelaide Australia/Brisbane Australia/Sydney Pacific/Auckland Pacific/Kiritimati Pacific/Honolulu
Pacific/Pago_Pago America/Anchorage America/Los_Angeles America/Vancouver America/Denver America/Phoenix America/Chicago
America/Mexico_City America/New_York America/Toronto America/Halifax America/St_Johns America/Bogota America/Santiago
America/Sao_Paulo America/Argentina/Buenos_Aires
""".split()


def choices(kept: str = "", blank: str = "") -> list[tuple[str, str]]:
    """Name and words of each zone, by region; a zone that is kept already stays choosable, `blank` is the words for none."""
    names = sorted({*NAMES, *filter(None, [kept])})
    return [*([("", blank)] if blank else []), *((name, words(name)) for name in names)]


def words(name: str) -> str:
    """The zone as read: `America/New_York` is "New York (America)"."""
    region, _, city = name.partition("/")
    return f"{city.replace('_', ' ').replace('/', ', ')} ({region})" if city else name
