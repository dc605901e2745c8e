"""Cases: the people written beside the rules, run as tests and taught as lessons."""
