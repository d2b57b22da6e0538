"""The programme's rules as pure functions.

Values in, values out: nothing here imports frappe, reads a clock, a database or a file. Whoever calls a
rule brings the numbers that a regulation can change (tariff, quorum, hours, ages, holidays) from a dated
record; the defaults are the legal values known when the rule was written.
"""

from kampung_bahagia.aturan.galat import AturanError

__all__ = ["AturanError"]
