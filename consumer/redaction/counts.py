"""What the fields of a code count: those of numbers, put down by their place."""

from consumer.redaction.telling import (
    ALIKE_AT,
    HEAVY,
    HOMOPHONE_AT,
    LETTER_AT,
    MOST_TIMES,
    NUMBER_AT,
    NUMBERS_AT,
    SURE_AT,
    TIMES_AT,
)  # fmt: skip


def number(numbers: int) -> int:
    """Count numbers: digits and number words."""
    return (numbers >> (NUMBER_AT - NUMBERS_AT)) & HEAVY


def alike(numbers: int) -> int:
    """Count words that sound like digits."""
    return (numbers >> (ALIKE_AT - NUMBERS_AT)) & HEAVY


def sure(numbers: int) -> int:
    """Count those of them that are digits side by side."""
    return (numbers >> (SURE_AT - NUMBERS_AT)) & HEAVY


def times(numbers: int) -> int:
    """Count "double" and the like."""
    return (numbers >> (TIMES_AT - NUMBERS_AT)) & HEAVY


def homophones(numbers: int) -> int:
    """Count "to" and "for"."""
    return (numbers >> (HOMOPHONE_AT - NUMBERS_AT)) & HEAVY


def letters(numbers: int) -> int:
    """Count letters said one by one."""
    return (numbers >> (LETTER_AT - NUMBERS_AT)) & HEAVY


def digits(numbers: int, weight: int) -> int:
    """Tell how many digits there can be; words such as "to" and "for" are some only between others."""
    between = homophones(numbers)
    if times(numbers):
        return MOST_TIMES * (weight + between)
    return weight + between if number(numbers) + alike(numbers) + between // 2 > 1 else weight
