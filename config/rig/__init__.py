"""The programs that stand the bench up and run it: one job each, Python's standard library only.

Started by the Makefile as ``python3.11 config/rig <command>``; see ``__main__.py`` for the commands.
"""
