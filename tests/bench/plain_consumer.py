"""The plain reference: the loop that one writes by hand with aiokafka, aiohttp and orjson, three patterns, no bookkeeping."""

import asyncio
from typing import Any

import orjson

from tests.bench.reference import CONCURRENCY, GENESYS, Sink, document_of, epoch, redact, session, start_consumer


async def main() -> None:
    """Consume for ever."""
    consumer = await start_consumer()
    slots = asyncio.Semaphore(CONCURRENCY)
    tasks: set[asyncio.Task[None]] = set()
    async with session() as http:
        sink = Sink(http, consumer)
        writing = asyncio.create_task(sink.run())

        async def one(value: bytes) -> None:
            try:
                event = orjson.loads(value)
                async with http.get(f"{GENESYS}/api/v2/quality/transcriptions/{event['transcription_id']}") as response:
                    file = orjson.loads(await response.read())
            finally:
                slots.release()
            utterances: list[dict[str, Any]] = []
            confidences: list[float] = []
            hidden = 0
            for turn in file["utterances"]:
                text, hits = redact(turn["text"])
                hidden += hits
                utterances.append(
                    {
                        "speaker": turn.get("speaker", "unknown"),
                        "text": text,
                        "start_epoch": epoch(turn["start"]),
                        "end_epoch": epoch(turn["end"]),
                        "confidence": turn.get("confidence"),
                    }
                )
                if turn.get("confidence") is not None:
                    confidences.append(turn["confidence"])
            document = document_of(event, utterances, confidences)
            await sink.put(event["transcription_id"], event["received_at_ms"], orjson.dumps(document), hidden)

        while not writing.done():
            for records in (await consumer.getmany(timeout_ms=200, max_records=500)).values():
                for record in records:
                    await slots.acquire()
                    task = asyncio.create_task(one(record.value))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        await writing


if __name__ == "__main__":
    asyncio.run(main())
