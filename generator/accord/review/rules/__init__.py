"""The rules of the review, by subject: each public function is a check of a `Case`."""
