"""The measured promises: each module `bench_*` measures one of them; `python -m tests.benchmarks` prints the table."""
