"""`daybrief run` as a process of its own, on the local Discord over sockets."""
