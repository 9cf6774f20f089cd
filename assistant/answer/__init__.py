"""From a message to a verified answer."""
