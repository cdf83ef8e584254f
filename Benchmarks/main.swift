print("Benchmarks follow.")
