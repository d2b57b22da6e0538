"""Whether everyone can use a page: axe-core's rules, targets for a thumb, and what the bars cover."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "config" / "node_modules" / "axe-core" / "axe.min.js"
BERAT = {"serious", "critical"}
TAMBAHAN = ("heading-order", "page-has-heading-one", "region", "landmark-one-main", "label-title-only")
TINGGI_KEYBOARD = 420  # what a keyboard leaves of a phone

KECIL = """() => [...document.querySelectorAll("a, button, .kotak, .kartu-pilihan, .centang, .tombol")]
	.filter((e) => e.offsetParent)
	.map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
	.filter(([, k]) => k.height < 44 || k.width < 44).map(([e]) => e)"""
TERTUTUP = """async () => {
	// the bars come to their place some frames after the viewport has changed
	for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
	const batas = (e) => e?.getBoundingClientRect();
	const lekat = document.querySelector(".lekat");
	const semua = [...document.querySelectorAll("main :is(input, select, textarea, button, a)")];
	return [...semua, ...semua.toReversed()].filter((e) => { // forward and back
		if (!e.offsetParent) return false;
		e.focus({ preventScroll: true });
		e.scrollIntoView({ block: "nearest" });
		const k = batas(e.closest("label") || e);
		const atas = Math.max(batas(document.querySelector("header")).bottom, lekat?.contains(e) ? 0 : batas(lekat)?.bottom || 0);
		const bawah = batas(document.querySelector(".tindakan")).top || innerHeight;
		return k.top < atas - 1 || k.bottom > bawah + 1;
	}).map((e) => e.outerHTML.slice(0, 80));
}"""


@cache
def _axe() -> str:
	return AXE.read_text(encoding="utf-8")


def pelanggaran(page: Page) -> list[str]:
	"""Serious breaches of WCAG 2.2 AA and of the order of headings, as "rule: element"."""
	if not page.evaluate("() => Boolean(window.axe)"):
		page.evaluate(_axe())
	hasil = page.evaluate(
		"""(tambahan) => axe.run(document, {
			runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
			rules: {
				...Object.fromEntries(tambahan.map((aturan) => [aturan, { enabled: true }])),
				"target-size": { enabled: false }, // KECIL asks for more, and of the whole label
			},
			resultTypes: ["violations"],
		}).then(({ violations }) => violations)""",
		TAMBAHAN,
	)
	return [
		f"{v['id']}: {n['html'][:120]}"
		for v in hasil
		if v["impact"] in BERAT or v["id"] in TAMBAHAN
		for n in v["nodes"]
	]


def periksa_layar(page: Page) -> None:
	"""No serious breach, every target large enough, and none with the focus below a bar while the keyboard is up."""
	assert not (salah := pelanggaran(page)), salah
	assert not (kecil := page.evaluate(KECIL)), kecil
	ukuran = page.viewport_size
	page.set_viewport_size({**ukuran, "height": TINGGI_KEYBOARD})
	page.wait_for_function("(tinggi) => innerHeight === tinggi", arg=TINGGI_KEYBOARD)
	assert not (tertutup := page.evaluate(TERTUTUP)), tertutup
	page.set_viewport_size(ukuran)
