"""What a job's code meets when it runs: its run, the run's properties, and the entry that calls a function job.

All of it is shipped with a function job and runs on Glue's own interpreters, so it keeps to Python 3.9
and imports nothing but the standard library until a job asks for AWS or Spark.
"""
