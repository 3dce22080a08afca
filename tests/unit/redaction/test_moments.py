"""Times in text become the same numbers as through the library."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction.moments import seconds

MOMENTS = st.datetimes(datetime(1700, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - of the strategy's zone


@given(MOMENTS, st.integers(0, 6), st.sampled_from(("Z", "+00:00")))
def test_the_usual_form_becomes_what_the_library_makes_of_it(moment: datetime, digits: int, zone: str) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 10 ** (6 - digits) * 10 ** (6 - digits))
    fraction = f".{moment.microsecond:06}"[: digits + 1] if digits else ""
    assert seconds(f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}{zone}") == moment.timestamp()


def test_every_day_is_counted() -> None:
    day = datetime(1999, 1, 1, tzinfo=UTC)
    while day.year < 2105:
        assert seconds(f"{day:%Y-%m-%dT%H:%M:%SZ}") == day.timestamp()
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "2024-05-01", "2024-05-01T10:00:00", "2024-05-01T10:00Z", "2024-05-01 10:00:00Z", "2024-05-01T10:00:00+02:00", "2024-05-01T10:00:00-00:00",
        "2024-05-01T10:00:00.Z", "2024-05-01T10:00:00.1234567Z", "2024-05-01T10:00:00.12", "2024-05-01T24:00:00Z", "2024-05-01T10:60:00Z", "2024-05-01T10:00:60Z",
        "2024-13-01T10:00:00Z", "2024-00-01T10:00:00Z", "2024-05-32T10:00:00Z", "2024-05-00T10:00:00Z", "2023-02-29T10:00:00Z", "1900-02-29T10:00:00Z",
        "0000-05-01T10:00:00Z", "1699-12-31T10:00:00Z", "2201-01-01T10:00:00Z", "2024/05/01T10:00:00Z", "2024-05/01T10:00:00Z", "2024-05-01T10.00:00Z", "2024-05-01T10:00.00Z", "2024-05-01T10:00:00z", "2024-05-01T10:00:00ZZ",
        "202x-05-01T10:00:00Z", "2024-05-01T1x:00:00Z", "2024-05-01T10:x0:00Z", "2024-05-01T10:00:0xZ", "2024-05-01T10:00:00+0x:00", "2024-05-01T10:00:00+00:x0", "2024-05-01T10:00:00+00.00",
        "2024-05-01T10:00:00.1+00:01", "\u0662024-05-01T10:00:00Z", "1714557600123",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_library(text: str) -> None:
    with pytest.raises(ValueError, match="another form"):
        seconds(text)


@pytest.mark.parametrize("year", [1700, 1900, 2000, 2024, 2100])
def test_leap_years_have_their_day(year: int) -> None:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if leap:
        assert seconds(f"{year}-02-29T12:00:00Z") == datetime(year, 2, 29, 12, tzinfo=UTC).timestamp()
    assert seconds(f"{year}-03-01T00:00:00Z") - seconds(f"{year}-02-28T00:00:00Z") == 86_400 * (1 + leap)
