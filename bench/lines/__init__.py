"""The lines of the promise, one file each: `measure(run)` takes its floor and its own figure in the same run."""
