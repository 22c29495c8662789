"""What the load process can play, one kind of load a file: a plan (a schema), a result (a schema) and `play`."""
