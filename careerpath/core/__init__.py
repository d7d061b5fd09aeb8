"""Machinery without a word of personnel work: database, clock, files, queue, print, sheets, web."""
