"""Makers of the objects that tests stand on. They go through the operations wherever there is one."""
