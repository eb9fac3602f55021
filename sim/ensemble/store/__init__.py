"""A folder that holds a sweep block by block and never loses a finished one."""
