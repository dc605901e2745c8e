"""Records: full assessments of all people of a batch, put together from shared parts.

What an assessment says hangs on few things at a time: the reasons of a mineral on the
rules that matched, its tests on who may be told of them. Each part is rendered once for
each set of what it hangs on, by the functions that assess one person, and a record is
its parts in a row.
"""
