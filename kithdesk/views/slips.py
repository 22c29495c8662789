"""Two words and how few letters they differ by."""

from __future__ import annotations


def is_slip(typed: str, word: str) -> bool:
    """Whether `typed` begins `word`, or is it but for a letter: other, missing, too many, or swapped with the next."""
    if word.startswith(typed):
        return True
    if len(typed) < 4 or abs(len(typed) - len(word)) > 1:
        return False
    at = next((n for n, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), None)
    if at is None:
        return True
    rest, left = typed[at:], word[at:]
    is_other = rest[1:] == left[1:]
    is_more_or_less = rest[1:] == left or rest == left[1:]
    is_swapped = rest[:2] == left[1::-1] and rest[2:] == left[2:]
    return is_other or is_more_or_less or is_swapped
