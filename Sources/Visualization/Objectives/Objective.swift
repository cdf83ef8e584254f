import NeuralNetwork

/// What an ascent wants, as a loss on the values of some taps.
protocol Objective: AnyObject {
  /// The nodes that it reads and seeds.
  var taps: [Graph.NodeID] { get }
  /// The loss of the executor's last forward run. Writes dL/d(tap) to the seed of each tap.
  /// Throws `NetworkError` if a run of the network that it makes itself fails.
  func evaluate(in executor: Executor) throws(NetworkError) -> Double
}
