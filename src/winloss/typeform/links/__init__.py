"""Personal links to a survey, signed so that a response is tied to its invitation."""
