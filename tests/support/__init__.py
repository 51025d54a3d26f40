"""What tests share: letters, answers, altered files, the validator."""
