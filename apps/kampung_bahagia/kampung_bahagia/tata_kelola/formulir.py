"""What every web form of the programme hands to its page."""

from frappe import _

# said by the framework's scripts, which a web page loads without translations
PESAN = (
	"Attach",
	"Back",
	"Camera",
	"Clear",
	"Close",
	"Couldn't save, please check the data you have entered",
	"Discard",
	"Drag and drop files here or upload from",
	"Error",
	"Following fields have missing values:",
	"Link",
	"Message",
	"Missing Values Required",
	"My Device",
	"Not Permitted",
	"Optimize",
	"Private",
	"Reload File",
	"Server Error",
	"Session Expired",
	"Set all private",
	"Set all public",
	"Upload",
	"Validation Error",
	"You are not permitted to access this page without login.",
)


def isi_konteks(context) -> None:
	context.pesan = {pesan: _(pesan) for pesan in PESAN}
