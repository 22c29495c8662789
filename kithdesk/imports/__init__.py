"""Imports: customers from a file of another system, seen before they are made, and taken back if it was a mistake.

`uploading` keeps the file as parts, `mapping` says which column is what, `planning` decides about a row for the preview
and the import alike, `taking` does it a few rows a command, and `undoing` goes the same way back.
"""
