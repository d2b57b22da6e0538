"""What every web form of the programme hands to its page."""

from frappe import _

# said by the framework's scripts, which a web page loads without translations
PESAN = (
	"Close",
	"Couldn't save, please check the data you have entered",
	"Discard",
	"Error",
	"Following fields have missing values:",
	"Message",
	"Missing Values Required",
	"Not Permitted",
	"Server Error",
	"Session Expired",
	"Validation Error",
	"You are not permitted to access this page without login.",
)


def isi_konteks(context) -> None:
	context.pesan = {pesan: _(pesan) for pesan in PESAN}
