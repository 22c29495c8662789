"""Channels: the media that carry words between a customer and the company. Each is a package of its own.

A channel turns what its medium brings into `conversations.receive`, and knows neither routing nor sockets.
"""
