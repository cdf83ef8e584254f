import CKernels
import NeuralNetwork

/// A layer's activations as they count by their relevance to a target, one picture at a time, channel after channel:
/// f = Rₙ·a with Rₙ = (R − min R)/(max R − min R + 10⁻⁶) over the positions of a channel (Görgün et al. 2025, section 3.2;
/// their code).
final class RelevantFeatures {
  let layout: ChannelLayout
  /// f, each channel times its root.
  let values: FloatBuffer
  /// df/da, which takes R as constant.
  private let factors: FloatBuffer
  private let roots: [Float]?
  /// Memory to turn tokens into channels; nothing for maps.
  private let turned: (activations: FloatBuffer, relevance: FloatBuffer)?

  /// Memory for a layer. `roots` has a factor for each channel.
  init(_ layout: ChannelLayout, roots: [Float]? = nil) {
    self.layout = layout
    self.roots = roots
    let count = layout.channels * layout.positions
    values = FloatBuffer(count: count)
    factors = FloatBuffer(count: count)
    turned = layout.isPlanar ? nil : (FloatBuffer(count: count), FloatBuffer(count: count))
  }

  /// Takes in a picture: the layer's value and its relevance, as they lie in the network.
  func take(_ value: UnsafePointer<Float>, _ relevance: UnsafePointer<Float>, isPositive: Bool) {
    var (value, relevance) = (value, relevance)
    if let turned {
      let (positions, channels) = (Int32(layout.positions), Int32(layout.channels))
      vitrine_transpose(value, turned.activations.start, positions, channels)
      vitrine_transpose(relevance, turned.relevance.start, positions, channels)
      (value, relevance) = (UnsafePointer(turned.activations.start), UnsafePointer(turned.relevance.start))
    }
    vitrine_relevance_feature(
      Int64(layout.channels), Int64(layout.positions), value, relevance, roots, isPositive ? 1 : 0,
      factors.start, values.start)
  }

  /// Turns a gradient with respect to ``values`` into one with respect to the activations, as they lie in the network.
  func pullBack(_ gradient: FloatBuffer, to seed: UnsafeMutablePointer<Float>) {
    guard let turned else {
      vitrine_relevance_product(Int64(factors.count), gradient.start, factors.start, seed)
      return
    }
    vitrine_relevance_product(Int64(factors.count), gradient.start, factors.start, turned.activations.start)
    vitrine_transpose(turned.activations.start, seed, Int32(layout.channels), Int32(layout.positions))
  }
}
