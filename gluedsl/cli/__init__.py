"""The command line: one module a command, composition only.

Data goes to standard output, talk to standard error. Exit codes: 0 clean, 1 findings or an unsuccessful run,
2 usage, 3 a failed deployment, 70 a bug of gluedsl.
"""
