"""Return types of methods that answer with a file, for the description of the API.

The framework takes most files out of `frappe.response`: the signature alone would say that nothing comes.
"""

from typing import Annotated

from werkzeug.wrappers import Response

PDF, ZIP = "application/pdf", "application/zip"

BerkasPDF = Annotated[None, PDF]
BerkasXLSX = Annotated[None, "application/octet-stream"]  # as the framework answers with any table
ResponPDF = Annotated[Response, PDF]
ResponPDFAtauZIP = Annotated[Response, PDF, ZIP]
ResponZIP = Annotated[Response, ZIP]
