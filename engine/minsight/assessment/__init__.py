"""Assessment: from atoms that hold to a differential."""
