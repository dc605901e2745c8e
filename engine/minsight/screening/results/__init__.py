"""Results: answers to rows of results, all people of a batch at once."""
