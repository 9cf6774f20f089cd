"""Evaluations that a city can repeat on its own installation: ``troly eval questions | retrieval``."""
