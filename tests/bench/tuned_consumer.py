"""The tuned reference: the plain loop with a digit screen, typed decoding, workers that fetch back to back, and a calmer gc."""

import asyncio
import gc
from datetime import datetime

import msgspec
import orjson

from tests.bench.reference import CONCURRENCY, GENESYS, Sink, document_of, redact, session, start_consumer

NOT_DIGITS = bytes(byte for byte in range(256) if byte not in b"0123456789\n")
MIN_DIGITS = 9


class Turn(msgspec.Struct, gc=False):
    """The fields that are used; the decoder skips the others."""

    text: str
    start: datetime
    end: datetime
    speaker: str = "unknown"
    confidence: float | None = None


class File(msgspec.Struct):
    """A transcript."""

    utterances: list[Turn]


class Kept(msgspec.Struct, gc=False):
    """An utterance of the document."""

    speaker: str
    text: str
    start_epoch: float
    end_epoch: float
    confidence: float | None


decoder = msgspec.json.Decoder(File)
encoder = msgspec.json.Encoder()


def kept(file: File) -> tuple[list[Kept], int]:
    """Redact only the utterances with enough digits in them."""
    turns = file.utterances
    joined = "\n".join([turn.text for turn in turns])
    hidden = 0
    texts = [turn.text for turn in turns]
    digits = joined.encode().translate(None, NOT_DIGITS).split(b"\n") if joined.isascii() else []
    for index in range(len(turns)):
        if len(digits) != len(turns) or len(digits[index]) >= MIN_DIGITS:
            texts[index], hits = redact(texts[index])
            hidden += hits
    return [
        Kept(turn.speaker, text, turn.start.timestamp(), turn.end.timestamp(), turn.confidence)
        for turn, text in zip(turns, texts, strict=True)
    ], hidden


async def main() -> None:
    """Consume for ever."""
    gc.set_threshold(50_000)
    consumer = await start_consumer()
    queue: asyncio.Queue[bytes] = asyncio.Queue(maxsize=1000)
    async with session() as http:
        sink = Sink(http, consumer.commit)

        async def worker() -> None:
            while True:
                event = orjson.loads(await queue.get())
                async with http.get(f"{GENESYS}/api/v2/quality/transcriptions/{event['transcription_id']}") as response:
                    body = await response.read()
                utterances, hidden = kept(decoder.decode(body))
                confidences = [one.confidence for one in utterances if one.confidence is not None]
                document = document_of(event, utterances, confidences)  # type: ignore[arg-type]  # structs encode like the dicts
                await sink.put(event["transcription_id"], event["received_at_ms"], encoder.encode(document), hidden)

        async with asyncio.TaskGroup() as group:
            group.create_task(sink.run())
            for _ in range(CONCURRENCY):
                group.create_task(worker())
            while True:
                for records in (await consumer.getmany(timeout_ms=200, max_records=500)).values():
                    for record in records:
                        await queue.put(record.value)


if __name__ == "__main__":
    asyncio.run(main())
