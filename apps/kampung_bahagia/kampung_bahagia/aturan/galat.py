"""The one error that a rule raises."""


class AturanError(ValueError):
	"""A rule refuses its input; the message is Indonesian and meant for the person at the form."""
