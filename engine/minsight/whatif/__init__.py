"""What-if: what would change an assessment, computed from the rules."""
