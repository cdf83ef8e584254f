import ArgumentParser
import Exhibition

/// The exhibition that a command is about.
struct ExhibitionOptions: ParsableArguments {
  @Argument(help: "The exhibition's configuration.", completion: .file(extensions: ["yaml", "yml"]))
  var exhibition = "exhibition.yaml"

  @Option(help: "The folder in which results are kept.", completion: .directory)
  var store = "store"

  /// The exhibition, read and checked.
  func read() throws -> Exhibition { try Exhibition.read(exhibition) }
}

/// How jobs are run.
struct RunOptions: ParsableArguments {
  @Option(help: "Cores to use; all if left out.")
  var cores = 0

  @Option(help: "Threads for each job; by the network's size if left out.")
  var threads = 0

  @Option(
    help: ArgumentHelp(
      "Do the I-th of N parts, for runs on several machines with one store.", valueName: "i/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "Do only jobs whose identity starts so, and those that they need.", valueName: "identity"))
  var only: String?

  @Flag(help: "Compare every finished file with its digest; damaged results are made again.")
  var verify = false

  func validate() throws {
    if let shard, Shard(shard) == nil {
      throw ValidationError("\"\(shard)\" is no part; write i/n, such as 2/8 for the second of eight")
    }
    guard (0...4096).contains(cores), (0...4096).contains(threads) else {
      throw ValidationError("cores and threads are from 0 (all) to 4096")
    }
  }

  var options: Runner.Options {
    var options = Runner.Options()
    options.cores = cores
    options.threads = threads
    options.scrutiny = verify ? .full : .quick
    options.shard = shard.flatMap { Shard($0) }
    options.only = only
    return options
  }
}
