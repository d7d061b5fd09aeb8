"""The personnel file of each community worker: who they are, where they serve, since when, and how we know."""
