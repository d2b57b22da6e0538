"""Each step of the journey: what was expected, what came, how long it took."""

import json
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from desk import Desk, Fault, Refused

# words that no Indonesian sentence holds: a refusal with one of them was never translated
ENGLISH = re.compile(
	r"\b(the|not|is|are|you|your|has|have|cannot|already|must|does|to|of|for)\b", re.IGNORECASE
)

# what a refusal must leave as it was: one document, or the number of those that match
Kept = tuple[str, str | dict]


class Stopped(Exception):
	"""A step that the rest stands on has failed."""


class Record:
	"""`witness` reads what must not have changed: an office that sees every file; `clerk` counts rows, some of
	which no office may count."""

	def __init__(self, witness: Desk, out: Path):
		self.witness, self.clerk, self.out = witness, witness, out
		self.steps: list[dict] = []
		self._seen: dict[str, Any] = {}  # what the last look saw; an allowed step may change it

	def allowed(self, office: str, step: str, work: Callable[[], Any]) -> Any:
		"""`work` must succeed. Returns what it returns; raises Stopped when it does not."""
		self._seen.clear()
		begin = time.monotonic()
		try:
			result = work()
		except (Refused, Fault, AssertionError, OSError) as error:
			self._note(office, step, "allowed", False, begin, f"{type(error).__name__}: {error}")
			raise Stopped(step) from error
		self._note(office, step, "allowed", True, begin)
		return result

	def refused(
		self,
		office: str,
		step: str,
		work: Callable[[], Any],
		*keeps: Kept,
		saying: str = "",
		silent: bool = False,
	) -> None:
		"""`work` must be refused in words (those of `saying` among them) and leave `keeps` as they are.

		`silent`: the framework's own bare REST answer, which the desk never asks for, has no words.
		"""
		before = [self._seen.get(str(kept)) or self._look(kept) for kept in keeps]
		begin = time.monotonic()
		try:
			work()
			text, fault = "", "it was allowed"
		except Refused as refusal:
			text, fault = refusal.text, self._flaw(refusal, saying, silent)
		except (Fault, OSError) as error:
			text, fault = "", f"{type(error).__name__}: {error}"
		ended = time.monotonic()
		if not fault and [self._look(kept) for kept in keeps] != before:
			fault = "something changed all the same"
		self._note(office, step, "refused", not fault, begin, fault, text, ended)

	def hidden(self, office: str, step: str, work: Callable[[], Any], *traces: str) -> None:
		"""What `work` returns must hold none of the `traces`; being refused is as good."""
		begin = time.monotonic()
		try:
			seen = json.dumps(work(), ensure_ascii=False)
			text = "(sees nothing of it)"
			fault = ", ".join(f"it shows {trace}" for trace in traces if trace in seen)
		except Refused as refusal:
			text, fault = refusal.text, self._flaw(refusal, "", silent=False)
		except (Fault, OSError) as error:
			text, fault = "", f"{type(error).__name__}: {error}"
		self._note(office, step, "refused", not fault, begin, fault, text)

	def _flaw(self, refusal: Refused, saying: str, silent: bool) -> str:
		if refusal.shows_code:
			return "the refusal shows the server's code"
		if silent:
			return ""
		if not refusal.text:
			return f"refused with {refusal.status}, without a word"
		if found := ENGLISH.search(refusal.text):
			return f"the refusal is not in Indonesian ({found.group()})"
		if saying.lower() not in refusal.text.lower():
			return f"the refusal does not say {saying!r}"
		return ""

	def _look(self, kept: Kept) -> Any:
		doctype, which = kept
		if isinstance(which, dict):
			seen = self.clerk.call("frappe.client.get_count", doctype=doctype, filters=which)["message"]
		else:
			doc = self.witness.load(doctype, which)
			seen = {k: v for k, v in doc.items() if not k.startswith("_")}
		self._seen[str(kept)] = seen
		return seen

	def _note(
		self,
		office: str,
		step: str,
		expected: str,
		ok: bool,
		begin: float,
		fault: str = "",
		text: str = "",
		ended: float | None = None,
	) -> None:
		ms = round(((ended or time.monotonic()) - begin) * 1000)
		self.steps.append({"step": step, "office": office, "expected": expected, "ok": ok, "ms": ms})
		mark = "FAILED " if not ok else "       "
		print(f"{mark}{expected:<8}{ms:>6} ms  {office:<24}{step}", flush=True)
		if text:
			print(f"{'':>26}{text[:300]}", flush=True)
		if fault:
			print(f"{'':>26}!! {fault[:1500]}", flush=True)

	def write(self) -> None:
		self.out.parent.mkdir(parents=True, exist_ok=True)
		self.out.write_text(json.dumps(self.steps, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

	def failed(self) -> Iterable[dict]:
		return [step for step in self.steps if not step["ok"]]
