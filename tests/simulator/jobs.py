"""What POST /api/v2/quality/transcriptions accepts. Pure."""

import re
from dataclasses import dataclass
from typing import Any

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FIELDS: dict[str, type] = {
    "mediaId": str,
    "language": str,
    "profanityFilter": str,
    "diarization": bool,
    "languageModel": str,
    "customVocabularyIds": list,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a job is refused."""

    code: str
    message: str
    field: str | None = None


def problem_of(job: Any) -> Problem | None:
    """Find what is wrong with a job; None if nothing is. A mediaId that starts with `bad` cannot be transcribed."""
    if not isinstance(job, dict):
        return Problem(code="bad.request", message="The request is not a JSON object.")
    for name, kind in FIELDS.items():
        if not isinstance(job.get(name), kind):
            return _invalid(name, "is missing or of a wrong type")
    if (unknown := next((name for name in job if name not in FIELDS), None)) is not None:
        return _invalid(str(unknown), "is unknown")
    if not LANGUAGE.fullmatch(job["language"]):
        return _invalid("language", "is no language tag")
    if job["profanityFilter"] not in ("on", "off"):
        return _invalid("profanityFilter", "is neither on nor off")
    if not all(isinstance(one, str) for one in job["customVocabularyIds"]):
        return _invalid("customVocabularyIds", "holds something else than ids")
    if not job["mediaId"] or job["mediaId"].startswith("bad"):
        return Problem(code="invalid.media", message="The media cannot be transcribed.", field="mediaId")
    return None


def _invalid(name: str, why: str) -> Problem:
    return Problem(code="invalid.field", message=f"Field {name} {why}.", field=name)
