"""What ISO 19005-2 asks of an archival PDF, as far as it can be read back without its official validator."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

ACTIONS = ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState")


def pelanggaran(pdf: bytes) -> list[str]:
	"""What the file would be refused for as PDF/A-2a; empty when nothing was found."""
	reader = PdfReader(BytesIO(pdf))
	root = reader.trailer["/Root"].get_object()
	return [*_catalog(reader, root), *(wrong for o in _objects(reader) for wrong in _object(o))]


def _catalog(reader: PdfReader, root) -> Iterator[str]:
	if "/ID" not in reader.trailer or "/Encrypt" in reader.trailer:
		yield "the trailer has no ID, or the file is encrypted"
	xmp = root["/Metadata"].get_object().get_data().decode()
	if 'pdfaid:part="2"' not in xmp or 'pdfaid:conformance="A"' not in xmp:
		yield "the metadata do not say what it conforms to"
	if reader.metadata.title not in xmp:
		yield "two titles"
	(intent,) = root["/OutputIntents"]
	intent = intent.get_object()
	if intent["/S"] != "/GTS_PDFA1" or intent["/DestOutputProfile"].get_object()["/N"] != 3:
		yield "no output intent for colours"
	if not root["/MarkInfo"]["/Marked"] or "/StructTreeRoot" not in root or not root.get("/Lang"):
		yield "no structure or no language"
	if {"/AA", "/OCProperties", "/NeedsRendering"} & set(root) or "/XFA" in root.get("/AcroForm", {}):
		yield "the catalog asks for what an archive cannot give"


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
	"""Every dictionary and stream that can be reached, once."""
	known, waiting = set(), [reader.trailer]
	while waiting:
		o = waiting.pop()
		if isinstance(o, IndirectObject):
			if o.idnum in known:
				continue
			known.add(o.idnum)
			o = o.get_object()
		if isinstance(o, DictionaryObject):
			yield o
			waiting += [o.raw_get(k) for k in o]
		elif isinstance(o, ArrayObject):
			waiting += list(o)


def _object(o: DictionaryObject) -> Iterator[str]:
	kind = o.get("/Type")
	if kind == "/Font" and o["/Subtype"] == "/Type0":
		(descendant,) = o["/DescendantFonts"].get_object()
		descriptor = descendant.get_object()["/FontDescriptor"].get_object()
		if "/ToUnicode" not in o or not {"/FontFile2", "/FontFile3"} & set(descriptor):
			yield f"font {o['/BaseFont']} is not embedded or not readable as text"
	elif kind == "/Font" and o["/Subtype"] in ("/Type1", "/TrueType") and "/FontDescriptor" not in o:
		yield f"font {o['/BaseFont']} is not in the file"
	if o.get("/Subtype") == "/Image" and (
		getattr(o.get("/Interpolate"), "value", False) or "/Alternates" in o or "/OPI" in o
	):
		yield "an image to be interpolated, or with alternates"
	if o.get("/Subtype") == "/Image" and o.get("/ColorSpace") == "/DeviceCMYK":
		yield "an image in colours that the output intent does not know"
	if isinstance(o, StreamObject) and {"/F", "/FFilter"} & set(o) and kind != "/Annot":
		yield "a stream outside of the file"
	if "/LZWDecode" in str(o.get("/Filter", "")):
		yield "a filter that an archive may not use"
	if kind == "/Annot":
		flags = o.get("/F", 0)
		if not flags & 4 or flags & 0b100011 or ("/AP" not in o and o["/Subtype"] != "/Link"):
			yield f"an annotation {o['/Subtype']} that does not print as it is seen"
	if o.get("/S") in ACTIONS or "/AA" in o:
		yield "an action"
	if "/TR" in o or o.get("/TR2", "/Default") != "/Default" or "/HTP" in o:
		yield "a transfer function"
	if "/EF" in o:
		yield "an attached file"
