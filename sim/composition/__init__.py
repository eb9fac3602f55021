"""Configuration composed: files and a command line become settings and options, as data; nothing in them runs."""
