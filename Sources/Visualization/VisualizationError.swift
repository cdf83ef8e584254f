public import Foundation
import Support

/// A picture that can't be made: what is wrong, and what to do about it.
public enum VisualizationError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// No method of that name.
  case unknownMethod(String, known: [String])
  /// No attack of that name.
  case unknownAttack(String, known: [String])
  /// A setting that the method doesn't have.
  case unknownSetting(method: String, name: String, known: [String])
  /// A setting of the wrong type or out of range.
  case invalidSetting(method: String, name: String, value: String, expected: String)
  /// A layer that the network doesn't have.
  case unknownLayer(String, known: [String])
  /// A layer whose value has no channels to choose from.
  case unsuitableLayer(String, reason: String)
  /// A channel beyond the layer's last.
  case channelOutOfRange(layer: String, channel: Int, count: Int)
  /// A direction with another number of weights than its layer has channels, or that is zero or not finite.
  case invalidDirection(layer: String, reason: String)
  /// A position beyond the layer's last.
  case positionOutOfRange(layer: String, position: Int, count: Int)
  /// A sum of targets without terms, or with a weight that is no number or 0.
  case invalidSum(reason: String)
  /// A class beyond the network's last.
  case classOutOfRange(Int, count: Int)
  /// A method that needs pictures of the target got none.
  case missingReferences(method: String)
  /// A reference picture that isn't prepared for the network.
  case referenceSize(index: Int, count: Int, expected: Int)
  /// Statistics that were made for another network, other layers or another input size.
  case statisticsMismatch(reason: String)
  /// Magnitudes that can't be a spectrum.
  case unusableSpectrum(reason: String)
  /// A method that works with the magnitudes of natural pictures got neither magnitudes nor pictures.
  case missingSpectrum(method: String)
  /// A starting picture of another size than the variable.
  case startSize(count: Int, expected: Int)
  /// The loss or the gradient stopped being a number.
  case notFinite(method: String, step: Int, what: String)
  /// A request that the method can't serve.
  case unsupported(method: String, reason: String)

  /// What is wrong and what to do, in one line.
  public var description: String {
    switch self {
    case .unknownMethod(let name, let known):
      "unknown method \"\(name)\"\(hint(name, known)) (methods: \(known.joined(separator: ", ")))"
    case .unknownAttack(let name, let known):
      "unknown attack \"\(name)\"\(hint(name, known)) (attacks: \(known.joined(separator: ", ")))"
    case .unknownSetting(let method, let name, let known):
      "\(method) has no setting \"\(name)\"\(hint(name, known)) "
        + "(settings: \(known.sorted().joined(separator: ", ")))"
    case .invalidSetting(let method, let name, let value, let expected):
      "\(method): \(name) is \(value), but must be \(expected)"
    case .unknownLayer(let name, let known):
      "the network has no layer \"\(name)\"\(hint(name, known)); `vitrine inspect` lists the layers"
    case .unsuitableLayer(let name, let reason): "layer \(name) can't be a target: \(reason)"
    case .channelOutOfRange(let layer, let channel, let count):
      "layer \(layer) has no channel \(channel): it has \(count), counted from 0 to \(count - 1)"
    case .invalidDirection(let layer, let reason): "the direction in \(layer) \(reason)"
    case .positionOutOfRange(let layer, let position, let count):
      "layer \(layer) has no position \(position): it has \(count), counted from 0 to \(count - 1)"
    case .invalidSum(let reason): "the sum \(reason)"
    case .classOutOfRange(let index, let count):
      "there is no class \(index): the network has \(count), counted from 0 to \(count - 1)"
    case .missingReferences(let method):
      "\(method) needs natural pictures of the target: give it a folder of references"
    case .referenceSize(let index, let count, let expected):
      "reference \(index) holds \(count) numbers, but the network's input holds \(expected): prepare it for this model"
    case .statisticsMismatch(let reason): "the reference statistics don't fit: \(reason)"
    case .unusableSpectrum(let reason): "the magnitude spectrum can't be used: \(reason)"
    case .missingSpectrum(let method):
      "\(method) needs the magnitudes of natural pictures: give it references, or a file that `vitrine spectrum` "
        + "has made of some (spectrum=FILE.npy), or do without (spectrum=1/f)"
    case .startSize(let count, let expected):
      "the starting picture holds \(count) numbers, but \(expected) are needed: prepare it for this model"
    case .notFinite(let method, let step, let what):
      "\(method): the \(what) is not a number at step \(step); lower the learning rate, or check the weights for NaN"
    case .unsupported(let method, let reason): "\(method): \(reason)"
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }

  private func hint(_ word: String, _ known: [String]) -> String {
    Suggestion.clause(for: word, among: known)
  }
}
