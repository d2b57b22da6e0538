"""The security document names tests as its witnesses: each of them must exist."""

import re

import pytest
from rig.paths import ROOT

DOCUMENT = (ROOT / "docs/security.md").read_text()
WITNESSES = sorted(set(re.findall(r"`((?:tests|patches)/[^`]+)`", DOCUMENT)))


def test_document_names_its_witnesses() -> None:
	assert len(WITNESSES) > 50


@pytest.mark.parametrize("witness", WITNESSES)
def test_witness_exists(witness: str) -> None:
	path, _, name = witness.partition("::")
	text = (ROOT / path).read_text()
	assert not name or re.search(rf"^def {name}\(", text, re.MULTILINE), witness


def test_every_chapter_of_the_standard_is_there() -> None:
	chapters = {
		int(n) for n in re.findall(r"\bV(\d+) ", "\n".join(re.findall(r"^## .+$", DOCUMENT, re.MULTILINE)))
	}
	assert chapters == set(range(1, 18))
