"""What-if: change an answer, or ask the rules what would move."""
