"""Vietnamese legal text as frozen values. No I/O, no third-party import."""
