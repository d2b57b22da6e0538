"""The gate in front of every call of the server.

The framework lets anyone signed in call any of its several hundred methods, and many of them ask for no
permission: they tag, follow, count and search documents of every area. Here a call is refused before it runs,
whatever it is called by (cmd, /api/method, a method named inside another's arguments):

- guests call only what signing in and web forms need;
- offices call only the parts of the framework that the desk is made of;
- whoever names a document in a call must be allowed to see it.

Documents and lists keep their own checks; the gate stands before them and replaces none.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, Union, get_type_hints
from urllib.parse import unquote

import frappe
import frappe.handler
from frappe import _
from frappe.auth import LoginManager
from frappe.rate_limiter import rate_limit
from frappe.utils.typing_validations import TypeAdapter

PENGELOLA = "System Manager"  # the framework's own administrator, whom only its permissions bind
HAL_API = re.compile(r"/api/(?:v1/)?method/([^/]+)")  # what follows a further slash is ignored

HAL_DAFTAR = re.compile(r"/api/(?:v1/)?resource/([^/]+)/?")
BERKESEHATAN = ("Klaim", "Pemberitahuan Kecelakaan")
DAFTAR = {  # methods that list documents, and the argument that names the columns
	"frappe.client.get_list": "fields",
	"frappe.client.get_value": "fieldname",
	"frappe.client.validate_link": "fields",
	"frappe.desk.reportview.get": "fields",
	"frappe.desk.reportview.get_list": "fields",
	"frappe.desk.reportview.export_query": "fields",
}

TAMU = frozenset(
	{
		"login",
		"logout",
		"ping",
		"web_logout",
		"frappe.ping",
		"frappe.handler.ping",
		"frappe.handler.logout",
		"frappe.handler.web_logout",
		"frappe.core.doctype.user.user.reset_password",
		"frappe.core.doctype.user.user.test_password_strength",
		"frappe.core.doctype.user.user.update_password",
		# the realtime server asks who holds a cookie
		"frappe.realtime.can_subscribe_doc",
		"frappe.realtime.can_subscribe_doctype",
		"frappe.realtime.get_user_info",
		"frappe.realtime.has_permission",
		# they answer for published web forms only
		"frappe.website.doctype.web_form.web_form.accept",
		"frappe.website.doctype.web_form.web_form.get_form_data",
		"frappe.website.doctype.web_form.web_form.get_link_options",
	}
)
PANGGILAN_TAMU, JENDELA_TAMU = 120, 60  # calls in so many seconds from one address, which an office shares

# What the desk of an office is made of; everything else of the framework is closed to offices.
BAGIAN_MEJA = (
	"frappe.auth.",
	"frappe.client.",
	"frappe.core.api.file.",
	"frappe.core.doctype.access_log.",
	"frappe.core.doctype.file.",
	"frappe.core.doctype.prepared_report.",
	"frappe.core.doctype.session_default_settings.",
	"frappe.core.doctype.user.user.",
	"frappe.core.doctype.user_permission.user_permission.get_user_permissions",
	"frappe.desk.",
	"frappe.handler.",
	# the dialog for uploads asks whether it may offer Google Drive; switched off, it says nothing
	"frappe.integrations.doctype.google_settings.google_settings.get_file_picker_settings",
	"frappe.model.utils.user_settings.",
	"frappe.model.workflow.",
	"frappe.ping",
	"frappe.printing.",
	"frappe.realtime.",
	"frappe.sessions.",
	"frappe.share.get_users",
	"frappe.translate.get_",
	"frappe.translate.load_",
	"frappe.twofactor.reset_otp_secret",
	"frappe.utils.change_log.",
	"frappe.utils.global_search.search",
	"frappe.utils.print_format.",
	"frappe.website.doctype.web_form.web_form.",
	"frappe.workflow.doctype.workflow.",
	"frappe.www.printview.",
)
BUKAN_MEJA = (
	"frappe.core.api.file.unzip_file",
	"frappe.core.doctype.user.user.generate_keys",
	"frappe.core.doctype.user.user.get_email_awaiting",
	"frappe.core.doctype.user.user.get_perm_info",
	"frappe.core.doctype.user.user.get_roles",
	"frappe.core.doctype.user.user.has_email_account",
	"frappe.core.doctype.user.user.sign_up",
	"frappe.desk.doctype.desktop_icon.",
	"frappe.desk.doctype.event.event.delete_communication",
	"frappe.desk.doctype.global_search_settings.",
	"frappe.desk.doctype.system_console.",
	"frappe.desk.form.document_follow.",
	"frappe.desk.leaderboard.",
	"frappe.desk.page.",
	"frappe.desk.treeview.",
	"frappe.printing.page.print_format_builder",
	"frappe.www.printview.get_rendered_raw_commands",
)

# Arguments by which a call names a document: any of the first with any of the second.
ARGUMEN_JENIS = (
	"doctype",
	"dt",
	"reference_doctype",
	"reference_type",
	"ref_doctype",
	"document_type",
	"share_doctype",
)
ARGUMEN_NAMA = (
	"name",
	"docname",
	"dn",
	"doc_name",
	"docs",
	"docnames",
	"names",
	"reference_name",
	"ref_docname",
	"document_name",
	"share_name",
)
# It answers about a link's target, which one may choose without reading it.
CUKUP_MEMILIH = ("frappe.client.validate_link",)
# These check the document themselves, and are called at every opening of a form.
MEMERIKSA_SENDIRI = ("frappe.desk.form.load.getdoc", "frappe.client.get")
# Methods of the framework that are handed a document, and take it to be one.
BERISI_DOKUMEN = ("frappe.client.", "frappe.desk.form.save.", "frappe.model.workflow.")
# Switches of the framework that a caller could turn to pass its permissions by.
BUKAN_UNTUK_PEMANGGIL = ("ignore_permissions", "ignore_user_permissions", "flags")
SANDI_TERPANJANG = 128  # judging a password takes longer than its length


# kinds of JSON Schema
SEBUTAN = {
	"string": "teks",
	"integer": "bilangan bulat",
	"number": "bilangan",
	"boolean": "ya atau tidak (1 atau 0)",
	"array": "daftar",
	"object": "kumpulan isian",
	"date": "tanggal (TTTT-BB-HH)",
}


class PintuTertutup(frappe.PermissionError):
	pass


class IsianTidakSah(frappe.ValidationError):
	pass


class Isian(NamedTuple):
	"""An argument of a method: `jenis` is its type hint, None where there is none, and `bawaan` its default."""

	nama: str
	jenis: Any
	wajib: bool
	bawaan: Any


def akhiri_sesi_terhapus() -> None:
	"""Hook `before_request`, before all others: a session lives no longer than its row.

	A call that was under way while its session was ended puts the session back into the cache when it answers,
	and whoever signed out, was shut out or lost an office would be in again.
	"""
	if frappe.session.user == "Guest":
		return
	s = frappe.qb.DocType("Sessions")
	if not frappe.qb.from_(s).select(s.sid).where(s.sid == frappe.session.sid).limit(1).run():
		frappe.cache.hdel("session", frappe.session.sid)
		frappe.local.login_manager = LoginManager()  # finds none and goes on as a guest


def periksa() -> None:
	"""Hook `before_request`. Raises PintuTertutup."""
	form = frappe.form_dict
	# a session handed over in an address would end up in histories, logs and somebody else's browser
	if "sid" in form:
		frappe.local.cookie_manager.cookies.clear()  # nor may it become the caller's own
		_tolak(_("Sesi tidak dapat dibawa di dalam alamat. Masuklah melalui halaman masuk."))
	if frappe.request.path.startswith("/api/v2"):
		_tolak(_("Alamat ini tidak tersedia."))
	if len(str(form.get("new_password") or "")) > SANDI_TERPANJANG:
		frappe.throw(_("Sandi paling panjang {0} huruf.").format(SANDI_TERPANJANG))
	_periksa_halaman_cetak(form)
	_periksa_saringan(form)
	if daftar := HAL_DAFTAR.fullmatch(frappe.request.path):
		_tutup_kesehatan(form, unquote(daftar[1]), "fields")
	if not (cmd := _panggilan()) or cmd == "login":
		return
	if frappe.session.user == "Guest":
		if cmd not in TAMU:
			_tolak(_("Masuklah terlebih dahulu."))
		if not cmd.startswith("frappe.realtime."):  # they come from the server itself
			_hitung_panggilan()
		_periksa_isian(cmd, form)
		return
	for argumen in BUKAN_UNTUK_PEMANGGIL:
		form.pop(argumen, None)
	pengelola = frappe.session.user == "Administrator" or PENGELOLA in frappe.get_roles()
	asli = _periksa_nama(cmd, pengelola)
	_periksa_isian(cmd, form)
	for nama in _metode_di_argumen(form):
		_periksa_nama(nama, pengelola)
	if not pengelola:
		_periksa_dokumen_karangan(asli, form)
		_periksa_laporan(asli, form)
		if asli in DAFTAR:
			_tutup_kesehatan(form, form.get("doctype"), DAFTAR[asli])
		# the app's own methods check what they are given, some of them row by row
		if asli.startswith("frappe.") and asli not in (*MEMERIKSA_SENDIRI, *_pengganti()):
			_periksa_dokumen(form, ("read", "select") if asli in CUKUP_MEMILIH else ("read",))


def _periksa_halaman_cetak(form: frappe._dict) -> None:
	"""The framework's page for printing opens to whoever reads a document, and to a key in its address."""
	if frappe.request.path.strip("/ ").removesuffix(".html") != "printview":
		return
	jenis, nama = form.get("doctype"), form.get("name")
	if not (
		jenis and nama and frappe.db.exists(jenis, nama) and frappe.has_permission(jenis, "print", doc=nama)
	):
		_tolak(_("Dokumen ini tidak dapat Anda cetak."))


def _periksa_saringan(form: frappe._dict) -> None:
	"""What sifts and pages a list over REST, which the framework reads without a look. Raises IsianTidakSah."""
	if not frappe.request.path.startswith("/api/resource/"):
		return
	for isian in ("fields", "filters", "or_filters"):
		if not isinstance(_urai(form.get(isian) or "[]"), list | dict):
			frappe.throw(
				_("Isian {0} harus berupa daftar dalam JSON.").format(frappe.bold(isian)), IsianTidakSah
			)
	for isian in ("limit_start", "limit_page_length", "limit"):
		if not re.fullmatch(r"\d{1,9}", str(form.get(isian) or 0)):
			frappe.throw(
				_("Isian {0} harus berupa bilangan bulat.").format(frappe.bold(isian)), IsianTidakSah
			)


def _tutup_kesehatan(form: frappe._dict, doctype: Any, isian: str) -> None:
	"""What a file says of somebody's health is read by opening it, where the look is noted; a list hands none of it out.

	Of `*` it leaves the open columns. Raises PintuTertutup for a closed one that is asked for by its name.
	"""
	if frappe.session.user == "Administrator" or doctype not in _berkesehatan():
		return
	meta, diminta = frappe.get_meta(doctype), form.get(isian) or "[]"
	daftar = _urai(diminta)
	daftar = list(daftar) if isinstance(daftar, list | dict) else str(diminta).split(",")
	teks = json.dumps(daftar)
	tertutup = {df.fieldname for df in meta.fields if df.permlevel}
	anak = any(
		kolom == "*" or frappe.get_meta(df.options).has_field(kolom)
		for df in meta.get_table_fields()
		if df.permlevel
		for kolom in re.findall(rf"tab{df.options}`?\s*\.\s*`?(\w+|\*)", teks)
	)
	if anak or tertutup & set(re.findall(r"\w+", teks)):
		_tolak(_("Data kesehatan tidak ditampilkan dalam daftar. Buka berkasnya untuk membacanya."))
	if semua := [k for k in daftar if isinstance(k, str) and re.search(r"(^|[^(\s])\s*\*", k)]:
		terbuka = [f"`tab{doctype}`.`{k}`" for k in meta.get_valid_columns() if k not in tertutup]
		form[isian] = json.dumps([*(k for k in daftar if k not in semua), *terbuka])


@cache
def _berkesehatan() -> frozenset[str]:
	"""DocTypes with health data, and those of their tables."""
	return frozenset(
		{*BERKESEHATAN, *(df.options for d in BERKESEHATAN for df in frappe.get_meta(d).get_table_fields())}
	)


def _urai(nilai: Any) -> Any:
	try:
		return frappe.parse_json(nilai)
	except ValueError:
		return None


def _panggilan() -> str | None:
	cmd = frappe.form_dict.cmd  # it goes before the address
	if cmd and not isinstance(cmd, str):
		_tolak(_("Tindakan ini tidak tersedia."))
	alamat = HAL_API.match(frappe.request.path)
	return cmd or (alamat and alamat[1])


def _metode_di_argumen(form: frappe._dict) -> Iterator[str]:
	"""Methods that a method is told to call: an upload's, a link search's."""
	for argumen in ("method", "query", "tree_method"):
		nama = form.get(argumen)
		if isinstance(nama, str) and re.fullmatch(r"[\w.]+\.\w+", nama):
			yield nama


def _periksa_nama(nama: str, pengelola: bool) -> str:
	"""The method's own name, if it may be called by `nama`; raises PintuTertutup."""
	asli = nama_asli(nama)
	if asli in _pengganti() and nama not in _pengganti():
		_tolak(_("Tindakan ini tidak tersedia."))  # by a second name it would not be replaced
	if not pengelola and asli.startswith("frappe."):
		terbuka = asli.startswith(BAGIAN_MEJA) and not asli.startswith(BUKAN_MEJA)
		if not terbuka:
			_tolak(
				_(
					"Tindakan ini tidak tersedia untuk jabatan Anda. Hubungi Admin Kampung Bahagia: {0}."
				).format(frappe.bold(frappe.utils.escape_html(asli)))
			)
	return asli


def _pengganti() -> dict[str, list[str]]:
	return frappe.get_hooks("override_whitelisted_methods", {})


def nama_asli(nama: str) -> str:
	"""Where the method called `nama` is defined: modules lend each other their methods under new names."""
	fungsi = fungsi_asli(nama)
	return f"{fungsi.__module__}.{fungsi.__qualname__}" if fungsi else nama


def fungsi_asli(nama: str) -> Callable | None:
	"""The function called `nama`, without what it is wrapped in; None where the framework will find none."""
	try:
		fungsi = inspect.unwrap(frappe.get_attr(nama) if "." in nama else getattr(frappe.handler, nama))
		# some of the framework's decorators do not say what they wrap (frappe.read_only)
		while "<locals>" in fungsi.__qualname__:
			fungsi = next(c.cell_contents for c in fungsi.__closure__ if callable(c.cell_contents))
	except Exception:
		return None
	return fungsi


def _periksa_isian(cmd: str, form: frappe._dict) -> None:
	"""What is missing, of another kind than the method says, or no DocType is refused here, in words: behind the gate
	it would end as an error of the programme. What is fit is handed on as that kind (the text "0" of a form as no).

	Raises IsianTidakSah or frappe.DoesNotExistError.
	"""
	fungsi = fungsi_asli(_pengganti().get(cmd, [cmd])[0])
	for isian in isian_metode(fungsi) if fungsi else ():
		sebutan = frappe.bold(isian.nama)
		if isian.nama not in form:
			if isian.wajib:
				frappe.throw(
					_("Isian {0} belum ada. Kirim isian itu, lalu ulangi.").format(sebutan), IsianTidakSah
				)
			continue
		if isian.jenis is not None:
			try:
				form[isian.nama] = TypeAdapter(isian.jenis).validate_python(form[isian.nama])
			except ValueError:
				pesan = _("Isian {0} harus berupa {1}. Perbaiki isian itu, lalu ulangi.")
				frappe.throw(pesan.format(sebutan, _sebutan(isian.jenis)), IsianTidakSah)
		nilai = form[isian.nama]
		if isian.nama in ARGUMEN_JENIS and (nilai or isian.wajib) and not _ada_doctype(nilai):
			frappe.throw(
				_("Isian {0} menyebut jenis dokumen yang tidak ada.").format(sebutan),
				frappe.DoesNotExistError,
			)
		if isian.nama == "doc" and cmd.startswith(BERISI_DOKUMEN) and not _dokumen_dikenali(nilai):
			frappe.throw(_("Isian {0} bukan dokumen. Muat ulang halaman ini.").format(sebutan), IsianTidakSah)


@cache
def isian_metode(fungsi: Callable) -> tuple[Isian, ...]:
	"""What a method takes by name. The framework holds its own methods to their hints."""
	petunjuk = {} if fungsi.__module__.startswith("frappe.") else get_type_hints(fungsi)
	hasil = []
	for p in inspect.signature(fungsi).parameters.values():
		if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
			continue
		jenis = petunjuk.get(p.name)
		if jenis is not None and p.default is not p.empty:  # as the framework takes it
			jenis = Union[jenis, type(p.default)]  # noqa: UP007
		wajib = p.default is p.empty
		hasil.append(Isian(p.name, jenis, wajib, None if wajib else p.default))
	return tuple(hasil)


def _ada_doctype(nama: Any) -> bool:
	try:
		return isinstance(nama, str) and bool(nama) and bool(frappe.get_meta(nama))
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return False


def _dokumen_dikenali(nilai: Any) -> bool:
	doc = _urai(nilai)
	return (
		isinstance(doc, dict)
		and _ada_doctype(doc.get("doctype"))
		and isinstance(doc.get("name"), str | int | None)
	)


def _sebutan(jenis: Any) -> str:
	"""A kind of value in the user's words."""
	skema = TypeAdapter(jenis).json_schema()
	kata = [SEBUTAN.get(s.get("format") or s.get("type")) for s in skema.get("anyOf", [skema])]
	return _(" atau ").join(dict.fromkeys(k for k in kata if k))


def _periksa_dokumen(form: frappe._dict, hak: tuple[str, ...]) -> None:
	semua = [nama for argumen in ARGUMEN_NAMA for nama in _nama_dokumen(form.get(argumen))]
	if not semua:  # a list: the database is asked nothing
		return
	for jenis in ARGUMEN_JENIS:
		doctype = form.get(jenis)
		if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
			continue
		for nama in semua:
			if frappe.db.exists(doctype, nama) and not any(
				frappe.has_permission(doctype, h, doc=nama) for h in hak
			):
				_tolak(
					_("{0} {1} berada di luar kewenangan Anda.").format(
						_(doctype), frappe.bold(frappe.utils.escape_html(nama))
					)
				)


def _nama_dokumen(nilai) -> list[str]:
	"""Names in an argument: one, or a JSON list of names or of documents."""
	if isinstance(nilai, str) and nilai.startswith("["):
		try:
			nilai = json.loads(nilai)
		except ValueError:
			nilai = [nilai]
	if not isinstance(nilai, list):
		nilai = [nilai]
	nama = (n.get("name") if isinstance(n, dict) else n for n in nilai)
	return [str(n) for n in nama if isinstance(n, str | int)]


def _periksa_dokumen_karangan(asli: str, form: frappe._dict) -> None:
	"""A controller's method runs on the values that the browser sends: only for the programme's own documents,
	which check them, and only where the stored one may be seen."""
	if asli != "frappe.handler.run_doc_method" or not form.get("docs"):
		return
	doc = frappe._dict(frappe.parse_json(form.docs))
	milik_program = frappe.db.get_value("DocType", doc.doctype, "module") in frappe.get_module_list(
		"kampung_bahagia"
	)
	tersimpan = doc.name and frappe.db.exists(doc.doctype, doc.name)
	if not milik_program or not (
		frappe.has_permission(doc.doctype, "read", doc=doc.name)
		if tersimpan
		else frappe.has_permission(doc.doctype, "create")
	):
		_tolak(_("Tindakan ini tidak tersedia."))


def _periksa_laporan(asli: str, form: frappe._dict) -> None:
	"""A report is one's own: neither another's stored result nor a result in another's name."""
	if not asli.startswith("frappe.desk.query_report."):
		return
	form.pop("user", None)
	saringan = frappe.parse_json(form.get("filters") or "{}")
	nama = saringan.get("prepared_report_name") if isinstance(saringan, dict) else None
	if nama and frappe.db.get_value("Prepared Report", nama, "owner") != frappe.session.user:
		_tolak(_("Laporan ini disiapkan oleh orang lain. Susun ulang laporan Anda sendiri."))


@rate_limit(limit=PANGGILAN_TAMU, seconds=JENDELA_TAMU)
def _hitung_panggilan() -> None:
	"""Counted for each method and address, by the framework's own counter."""


def _tolak(pesan: str) -> None:
	frappe.throw(pesan, PintuTertutup, title=_("Tidak tersedia"))
