"""A law function over a population: the same kernels under an embedded engine (Arrow, two threads) and under Spark.

Parquet in, Parquet out. `lines` is what both share: a batch of workers in, their bill and allocation out.
"""
