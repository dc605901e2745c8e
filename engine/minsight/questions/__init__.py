"""Questions: which of them are worth asking, one by one or as a form."""
