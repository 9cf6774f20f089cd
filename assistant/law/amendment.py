def find_operations(text):
    return []
