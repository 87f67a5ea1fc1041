"""Forms, questions and pages that open over a screen."""
