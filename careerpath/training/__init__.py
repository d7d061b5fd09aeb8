"""Training: courses and classes, who takes part, what is still required, certificates and degrees under way."""
