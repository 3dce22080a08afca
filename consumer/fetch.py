"""Fetch one transcript from Genesys Cloud, whichever contract it is under; whatever happens comes back as a value."""

from collections.abc import Callable

import msgspec

from common.events import Contract, TranscriptEvent, valid_id
from common.genesys.client import Answer, GenesysClient, Result, TooLarge, Unauthorized, Unreachable
from consumer.presigned import FileDownloader, ForbiddenUrlError
from consumer.transcript import JobStatus, Transcript, UnreadableTranscriptError, read_quality, read_speech

OK = 200
FORBIDDEN = 403
NOT_FOUND = 404
REQUEST_TIMEOUT = 408
TOO_EARLY = 425
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
GATEWAY_ERRORS = frozenset({502, 503, 504})
SMALL_ANSWER_BYTES = 1024 * 1024
DETAILS_BYTES = 16 * 1024 * 1024
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
MEDIA_WITH_TRANSCRIPTS = frozenset({"voice", "callback", "chat", "email", "message"})


class NotReady(msgspec.Struct, frozen=True):
    """The transcript may still come: not an error."""

    reason: str


class FailedAtSource(msgspec.Struct, frozen=True):
    """Genesys says that there will be no transcript."""

    reason: str


class Unavailable(msgspec.Struct, frozen=True):
    """Worth another try. A throttled request waits for the rate budget and costs no attempt.

    `outage`: nobody answered, or only a gateway did, which says nothing about this very transcript.
    """

    reason: str
    throttled: bool = False
    outage: bool = False


class Rejected(msgspec.Struct, frozen=True):
    """No retry can help; `reason` is a fixed word."""

    reason: str


class Refused(msgspec.Struct, frozen=True):
    """Genesys refuses our credentials: nothing can be fetched until an operator acts."""

    reason: str


class Sessions(msgspec.Struct, frozen=True):
    """The recorded sessions of a conversation that was named as a whole."""

    communication_ids: tuple[str, ...]


NoTranscript = Sessions | NotReady | FailedAtSource | Unavailable | Rejected | Refused
Fetched = Transcript | NoTranscript


class _FileLink(msgspec.Struct):
    url: str | None = None

    def __repr__(self) -> str:
        return "_FileLink()"


class _FileLinks(msgspec.Struct):
    urls: list[_FileLink] | None = None
    url: str | None = None

    def __repr__(self) -> str:
        return "_FileLinks()"


class _Session(msgspec.Struct, rename="camel"):
    session_id: str | None = None
    media_type: str | None = None
    recording: bool | None = None


class _Participant(msgspec.Struct):
    sessions: list[_Session] | None = None


class _Details(msgspec.Struct):
    participants: list[_Participant] | None = None


_links = msgspec.json.Decoder(_FileLinks)
_details = msgspec.json.Decoder(_Details)


class Fetcher:
    """Knows the paths of both contracts and what their answers mean."""

    def __init__(self, client: GenesysClient, files: FileDownloader, *, max_file_bytes: int) -> None:
        self._client = client
        self._files = files
        self._cap = max_file_bytes

    async def fetch(self, event: TranscriptEvent, received: Callable[[int], None] = lambda _: None) -> Fetched:
        """Fetch what an event names: a transcript, or the sessions of a whole conversation.

        `received` hears of the bytes of every body of a transcript as soon as it is read.
        """
        if event.contract is Contract.QUALITY:
            return await self._quality(event, received)
        if event.names_whole_conversation:
            return await self._sessions(event)
        return await self._speech(event, received)

    async def _quality(self, event: TranscriptEvent, received: Callable[[int], None]) -> Fetched:
        result = await self._client.get(f"/api/v2/quality/transcriptions/{event.transcription_id}", cap_bytes=self._cap)
        if not isinstance(result, Answer) or result.status != OK:
            return _trouble(result, not_found=Rejected("unknown_transcription"))
        received(len(result.body))
        try:
            read = read_quality(result.body)
        except UnreadableTranscriptError:
            return Rejected("unreadable_transcript")
        if isinstance(read, JobStatus):
            return FailedAtSource("failed_at_source") if read.status == "failed" else NotReady(f"status_{read.status}")
        return read

    async def _speech(self, event: TranscriptEvent, received: Callable[[int], None]) -> Fetched:
        path = f"/api/v2/speechandtextanalytics/conversations/{event.conversation_id}/communications/{event.communication_id}/transcripturls"
        result = await self._client.get(path, cap_bytes=SMALL_ANSWER_BYTES)
        if not isinstance(result, Answer) or result.status != OK:
            # A conversation without a recording answers 404 as well: only the deadline tells them apart.
            return _trouble(result, not_found=NotReady("no_transcript_url"))
        try:
            links = _links.decode(result.body)
        except UNREADABLE:
            return Unavailable("unreadable_answer")
        urls = [one.url for one in links.urls or () if one.url] or ([links.url] if links.url else [])
        if not urls:
            return NotReady("no_transcript_url")
        bodies: list[bytes] = []
        for url in urls:
            body = await self._file(url)
            if not isinstance(body, bytes):
                return body
            received(len(body))
            bodies.append(body)
            if sum(map(len, bodies)) > self._cap:
                return Rejected("file_too_large")
        try:
            return read_speech(bodies)
        except UnreadableTranscriptError:
            return Rejected("unreadable_transcript")

    async def _file(self, url: str) -> bytes | Unavailable | Rejected | NotReady | Refused | FailedAtSource:
        try:
            result = await self._files.get(url)
        except ForbiddenUrlError as error:
            return Rejected(str(error))
        if isinstance(result, Answer) and result.status == OK:
            return result.body
        if isinstance(result, Answer) and result.status in (FORBIDDEN, NOT_FOUND):
            return Unavailable("file_link_expired")  # another try gets a fresh link
        if isinstance(result, Answer) and result.status == TOO_MANY_REQUESTS:
            return Unavailable("file_throttled")  # the file's host, not the API: the rate budget knows nothing of it
        return _trouble(result, not_found=Unavailable("file_missing"))

    async def _sessions(self, event: TranscriptEvent) -> Fetched:
        path = f"/api/v2/analytics/conversations/{event.conversation_id}/details"
        result = await self._client.get(path, cap_bytes=DETAILS_BYTES)
        if not isinstance(result, Answer) or result.status != OK:
            return _trouble(result, not_found=NotReady("no_conversation_details"))
        try:
            details = _details.decode(result.body)
        except UNREADABLE:
            return Unavailable("unreadable_answer")
        found = recorded_sessions(
            [one for participant in details.participants or () for one in participant.sessions or ()]
        )
        return Sessions(found) if found else NotReady("no_recorded_session")


def recorded_sessions(sessions: list[_Session]) -> tuple[str, ...]:
    """Pick the sessions to ask transcripts for: those marked as recorded, or all of a fitting medium where nothing is marked."""
    fitting = [one for one in sessions if one.media_type in MEDIA_WITH_TRANSCRIPTS and valid_id(one.session_id)]
    marked = [one for one in fitting if one.recording]
    chosen = marked or [one for one in fitting if one.recording is None]
    return tuple(dict.fromkeys(one.session_id for one in chosen if one.session_id))


def _trouble(
    result: Result, *, not_found: NotReady | Rejected | Unavailable
) -> Unavailable | Rejected | NotReady | Refused | FailedAtSource:
    """Sort everything that is not a 200 into the kinds of failure."""
    match result:
        case Unreachable(reason=reason):
            return Unavailable(reason, outage=True)
        case Unauthorized(reason=reason):
            return Refused(reason)
        case TooLarge():
            return Rejected("file_too_large")
    status = result.status
    if status == NOT_FOUND:
        return not_found
    if status == TOO_MANY_REQUESTS:
        return Unavailable("throttled", throttled=True)
    # A 403 may mean one division or the whole client: it waits in the retry topics rather than flood the dead letters.
    if status >= SERVER_ERROR or status in (REQUEST_TIMEOUT, TOO_EARLY, FORBIDDEN):
        return Unavailable(f"status_{status}", outage=status in GATEWAY_ERRORS)
    return Rejected(f"status_{status}")
