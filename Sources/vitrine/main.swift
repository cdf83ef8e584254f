print("Commands follow.")
