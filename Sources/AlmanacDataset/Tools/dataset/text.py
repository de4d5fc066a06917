"""Names as keys."""

import re
import unicodedata

LETTERS = str.maketrans({"&": " and ", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ı": "i", "'": "", "’": ""})


def slug(name: str) -> str:
    """A readable key: lower case, ASCII, words joined by hyphens, at most 120 characters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.translate(LETTERS)) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:120].strip("-")
