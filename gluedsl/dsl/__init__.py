"""The words that authors write: objects that remember what was said and where, and nothing more.

Goes out: to `gluedsl.compiler`, which lowers them. Declaring checks only that Python was used rightly;
whether Glue agrees is for the rules to say, all at once. Runs on Glue workers, so it keeps to Python 3.9.
"""
