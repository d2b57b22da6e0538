"""JavaScript and CSS: packages by lock, bundles by ``config/build.mjs``."""

import shutil

from rig import fingerprint
from rig.paths import APP, APPS, CONFIG, FRAPPE, SITES
from rig.step import Stop, run, step

MODULES = CONFIG / "node_modules"
LOCK = CONFIG / "package-lock.json"
OLDEST_NODE = 18


def install_packages() -> None:
	"""Install the npm packages of the lock, unless they are there. Their install scripts do not run."""
	stamp = MODULES / ".complete"
	if fingerprint.is_stamped(stamp, fingerprint.of(LOCK)):
		return
	version = run(["node", "--version"], what="node").strip()
	if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
		raise Stop(f"Node.js {OLDEST_NODE} or newer is needed; this is {version}.")
	with step("npm packages"):
		stamp.unlink(missing_ok=True)
		run(
			["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"],
			what="npm ci",
			cwd=CONFIG,
			fetches=True,
		)
		stamp.write_text(fingerprint.of(LOCK))


def publics() -> dict[str, str]:
	"""Return the public folder of each app by the app's name."""
	return {"frappe": str(FRAPPE / "frappe/public"), APP: str(APPS / APP / APP / "public")}


def build() -> str:
	"""Build every bundle of both apps when a source changed; return a fingerprint of those that are there."""
	link()
	stamp = SITES / "assets" / ".built"
	sources = [FRAPPE / ".edition", LOCK, CONFIG / "build.mjs", APPS / APP / APP / "public"]
	wanted = fingerprint.of(*(source for source in sources if source.exists()))
	if fingerprint.is_stamped(stamp, wanted):
		return wanted
	with step("Bundles"):
		stamp.unlink(missing_ok=True)
		run(["node", str(CONFIG / "build.mjs")], what="Building the bundles")
		stamp.write_text(wanted)
	return wanted


def link() -> None:
	"""Link the apps' public folders, and the packages that the desk loads singly, into ``sites/assets``."""
	assets = SITES / "assets"
	assets.mkdir(exist_ok=True)
	links = {assets / app: public for app, public in publics().items()}
	links[FRAPPE / "frappe/public/node_modules"] = str(MODULES)
	for place, target in links.items():
		if place.is_symlink() and place.readlink() == type(place)(target):
			continue
		if place.is_symlink():
			place.unlink()
		elif place.is_dir():
			shutil.rmtree(place)  # `bench build --hard-link` leaves copies
		place.symlink_to(target)
