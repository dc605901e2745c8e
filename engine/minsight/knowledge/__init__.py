"""Knowledge: what the rules know, frozen, as the cache keeps it."""
