"""What the patches of the framework close, and that the framework does not close it by itself yet."""

import io
import re
import zipfile

import frappe
import pytest
import requests
from frappe.desk import reportview
from frappe.workflow.doctype.workflow_action import workflow_action
from rig.framework import patches
from rig.paths import FRAPPE

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah

SECRET = b"surat rahasia"
Person = str


@pytest.fixture(params=[patch.name for patch in patches()])
def patch(request: pytest.FixtureRequest) -> str:
	return next(patch for patch in patches() if patch.name == request.param).read_text()


def test_patch_is_still_needed(patch: str) -> None:
	file, own_fix = re.search(r"^Until: (\S+) has (.+)$", patch, re.MULTILINE).groups()
	assert own_fix not in (FRAPPE / file).read_text(), "the framework closes it itself: remove the patch"


@pytest.fixture(scope="module")
def people(situs: str) -> tuple[Person, Person]:
	"""Two users without any right of their own; committed, since making one takes seconds."""
	emails = ("pemilik.berkas@uji.invalid", "orang.lain@uji.invalid")
	for email in emails:
		frappe.get_doc(
			{"doctype": "User", "email": email, "first_name": email.split("@")[0], "send_welcome_email": 0}
		).insert()
		# the framework makes the first desk user of a site its administrator
		frappe.db.delete("Has Role", {"parent": email})
		frappe.clear_cache(user=email)
	frappe.db.commit()
	return emails


@pytest.fixture
def owner(people: tuple[Person, Person], db: None) -> Person:
	return people[0]


@pytest.fixture
def other(people: tuple[Person, Person], db: None) -> Person:
	return people[1]


@pytest.fixture
def private_file(owner: Person) -> "frappe.model.document.Document":
	frappe.set_user(owner)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "rahasia.txt", "is_private": 1, "content": SECRET}
	).insert(ignore_permissions=True)
	assert file.file_url.startswith("/private/files/rahasia")
	return file


def new_file(**values: object) -> "frappe.model.document.Document":
	return frappe.get_doc({"doctype": "File", **values}).insert(ignore_permissions=True)


@pytest.mark.parametrize(
	"written",
	[
		"/private/files/{name}",
		"/private/files/./{name}",
		"/private//files/{name}",
		"/files/../../private/files/{name}",
		"/private/files/%72ahasia{rest}",
		"{site}/private/files/{name}",
	],
)
@pytest.mark.parametrize("is_private", [0, 1])
def test_address_of_a_private_file_of_others_is_refused(
	private_file, other: Person, written: str, is_private: int
) -> None:
	name = private_file.file_url.rpartition("/")[2]
	url = written.format(name=name, rest=name.removeprefix("rahasia"), site=frappe.utils.get_url())
	frappe.set_user(other)
	with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		new_file(file_name="milikku.txt", file_url=url, is_private=is_private)


def test_own_record_cannot_be_turned_to_a_private_file_of_others(private_file, other: Person) -> None:
	frappe.set_user(other)
	own = new_file(file_name="milikku.txt", is_private=1, content=b"biasa")
	own.file_url = private_file.file_url
	with pytest.raises(frappe.PermissionError):
		own.save(ignore_permissions=True)


def test_name_alone_reads_nothing(private_file, other: Person) -> None:
	frappe.set_user(other)
	own = new_file(file_name=private_file.file_name, is_private=1)
	with pytest.raises(frappe.ValidationError):
		own.get_content()


def test_attach_field_gives_no_way_to_a_private_file_of_others(private_file, other: Person) -> None:
	frappe.set_user(other)
	user = frappe.get_doc("User", other)
	user.user_image = private_file.file_url
	user.save(ignore_permissions=True)
	records = frappe.get_all("File", {"file_url": private_file.file_url}, pluck="name", order_by="name")
	assert records == [private_file.name]
	private_file.reload()
	assert not private_file.is_downloadable()


def test_owner_may_point_to_the_own_private_file_again(private_file, owner: Person) -> None:
	again = new_file(file_name="salinan.txt", file_url=private_file.file_url, is_private=1)
	assert again.file_url == private_file.file_url
	assert again.get_content() == SECRET.decode()


def test_same_content_may_be_uploaded_by_two(private_file, other: Person) -> None:
	frappe.set_user(other)
	assert new_file(file_name="sama.txt", is_private=1, content=SECRET).is_downloadable()


def test_archive_holds_only_what_the_user_may_read(private_file, owner: Person, other: Person) -> None:
	for user, names in ((owner, [private_file.file_name]), (other, [])):
		frappe.set_user(user)
		frappe.call("frappe.core.api.file.zip_files", files=frappe.as_json([private_file.name]))
		with zipfile.ZipFile(io.BytesIO(frappe.response["filecontent"])) as archive:
			assert archive.namelist() == names


def test_archive_of_others_is_not_unpacked(owner: Person, other: Person) -> None:
	content = io.BytesIO()
	with zipfile.ZipFile(content, "w") as archive:
		archive.writestr("rahasia.txt", SECRET)
	frappe.set_user(owner)
	file = new_file(file_name="arsip.zip", is_private=1, content=content.getvalue())
	frappe.set_user(other)
	with pytest.raises(frappe.PermissionError):
		frappe.call("frappe.core.api.file.unzip_file", name=file.name)


@pytest.mark.parametrize("page", ["login", "me"])
def test_pages_say_that_they_are_indonesian(server: str, page: str) -> None:
	assert '<html lang="id">' in requests.get(f"{server}/{page}", timeout=30).text


def test_a_connection_over_loopback_prepares_no_tls(situs: str) -> None:
	assert not frappe.db.get_connection().ssl


def test_step_asks_no_holder_of_the_next_role_about_the_file(k, disusun, monkeypatch) -> None:
	asked = []
	monkeypatch.setattr(
		workflow_action, "filter_allowed_users", lambda users, *_: asked.extend(users) or users
	)
	langkah(disusun, k.ketua, "Ajukan")
	waiting = frappe.get_doc("Workflow Action", {"reference_name": disusun.name, "status": "Open"})
	assert {row.role for row in waiting.permitted_roles} == {"Lurah"}
	assert asked == []


@pytest.fixture
def claim(k, berjalan) -> str:
	return pabrik.klaim(k, berjalan, faskes="RSUD Raden Mattaher").name


@pytest.mark.parametrize(
	"question",
	[
		{"filters": {"faskes": ["like", "RSUD%"]}},
		{"filters": [["Klaim", "faskes", "=", "RSUD Raden Mattaher"]]},
		{"filters": [["Saksi Klaim", "keterangan", "like", "%jatuh%"]]},
		{"or_filters": {"faskes": ["is", "set"], "name": "x"}},
		{"order_by": "faskes asc"},
		{"order_by": "`tabKlaim`.`faskes` desc, name"},
		{"group_by": "faskes"},
		{"fields": ["sum(faskes='RSUD Raden Mattaher') as s"]},
		{"fields": ["max(faskes) as s"], "order_by": "faskes"},
		{"filters": ["faskes like 'R%'"]},
	],
)
def test_list_does_not_answer_by_a_field_above_the_permlevel(k, claim: str, question: dict) -> None:
	question = {"order_by": "name", **question}
	with pabrik.sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		frappe.get_list("Klaim", **question)
	with pabrik.sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		reportview.execute("Klaim", **question)


def test_reader_of_the_field_and_the_program_itself_may_ask_by_it(k, claim: str) -> None:
	question = {
		"filters": {"faskes": ["like", "RSUD%"], "name": claim},
		"order_by": "faskes",
		"pluck": "name",
	}
	with pabrik.sebagai(k.lurah):
		assert frappe.get_list("Klaim", **question) == [claim]
	with pabrik.sebagai(k.pengawas):
		assert frappe.get_all("Klaim", **question) == [claim]


@pytest.mark.parametrize(
	"fields", [["name", "kronologi", "faskes"], ["name", "faskes", "kronologi", "hp_pelapor"]]
)
def test_fields_above_the_permlevel_are_left_out_also_side_by_side(k, claim: str, fields: list[str]) -> None:
	with pabrik.sebagai(k.pengawas):
		assert frappe.get_list("Klaim", {"name": claim}, fields, order_by="name") == [{"name": claim}]
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Klaim", {"name": claim}, fields[1:], order_by="name")
