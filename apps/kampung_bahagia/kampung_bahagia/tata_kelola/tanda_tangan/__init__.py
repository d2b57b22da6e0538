"""Electronic signatures: PAdES with pyHanko, from a PKCS#12 or from a service that keeps the key (ADR 12).

`penyedia` gives a document's signer, `periksa` reads what others hand in, `kotak` finds the place on the page.
"""
