public import Foundation

/// What can't be attributed: what is wrong, and the remedy.
public enum AttributionError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// No pictures to look at: what they are for.
  case noPictures(String)
  /// Features below zero, which non-negative factorization can't take apart: model, layer, its architecture.
  case negativeFeatures(model: String, layer: String, architecture: String, least: Float)
  /// More directions than there is data for.
  case tooManyDirections(Int, most: Int)
  /// More groups than pictures: both numbers.
  case tooManyFacets(Int, pictures: Int)
  /// Pictures of which none can be read: how many, and the first with what is wrong.
  case unreadablePictures(Int, first: SkippedPicture)
  /// More patches than are kept in memory.
  case tooManyPatches(units: Int, kept: Int, most: Int)
  /// A model whose classifier can't be run on its own: model, and why.
  case classifier(model: String, reason: String)
  /// Pictures with something and without it that a layer holds for the same.
  case noDifference(layer: String)
  /// A layer whose numbers have no place in the picture.
  case noPositions(layer: String)
  /// A direction with another number of weights than its layer has channels.
  case otherWidth(layer: String, channels: Int, weights: Int)
  /// A circuit of more levels than there are layers below the class: asked for, most, the model's name.
  case circuitDepth(Int, most: Int, model: String)
  /// A layer with no stage below it.
  case nothingBelow(String)
  /// A layer that a model doesn't have.
  case unknownLayer(String, model: String)
  /// Rules that start from a sum over several layers.
  case severalLayers
  /// Relevance that isn't a number any more: the model's name.
  case notFinite(model: String)

  /// What is wrong, and the remedy.
  public var description: String {
    switch self {
    case .noPictures(let purpose): "no reference pictures for \(purpose); give a folder of them"
    case .negativeFeatures(let model, let layer, let architecture, let least):
      "\(model): the features of \(layer) go down to \(least), and concepts by non-negative factorization (CRAFT) need "
        + "features ≥ 0, such as those after a ReLU"
        + (architecture == "vision-transformer"
          ? "; a vision transformer's tokens have both signs: look at its single units (units:) or take a network with "
            + "ReLU, such as a ResNet, for concepts"
          : "; look at single units (units:) or take a network with ReLU")
    case .tooManyDirections(let count, let most):
      "\(count) concepts are too many: the references give at most \(most); ask for fewer, or give more references"
    case .tooManyFacets(let count, let pictures):
      "\(pictures) pictures can't make \(count) facets; ask for fewer, or give more references"
    case .unreadablePictures(let count, let first):
      "none of \(count) pictures can be used; the first is \(first.name): \(first.reason)"
    case .tooManyPatches(let units, let kept, let most):
      "\(kept) patches for each of \(units) units are too many: \(most) are kept at most; keep fewer, or choose a layer "
        + "with fewer channels"
    case .noDifference(let layer):
      "\(layer) is the same on average for both folders' pictures, so that no direction leads from one to the other; take "
        + "other pictures or another layer"
    case .noPositions(let layer):
      "the numbers of \(layer) have no place in the picture, so that no map can be made of it; take a layer before the pooling"
    case .otherWidth(let layer, let channels, let weights):
      "a direction has \(weights) weights, but \(layer) has \(channels) channels"
    case .circuitDepth(let depth, let most, let model):
      "\(model): a circuit of \(depth) levels can't be found; from 1 to \(most) are possible, or name the layers"
    case .nothingBelow(let layer):
      "nothing that could tell patches apart lies below \(layer); group them by activation"
    case .unknownLayer(let layer, let model):
      "\(model) has no layer \"\(layer)\"; `vitrine inspect` lists the layers"
    case .notFinite(let model):
      "\(model): the relevance left the range of numbers on its way to the picture; try another method"
    case .severalLayers:
      "relevance starts from one layer, and this target is a sum over several; attribute each by itself, or use gradient-input, "
        + "integrated-gradients or smoothgrad"
    case .classifier(let model, let reason): "\(model): its classifier can't be run on its own: \(reason)"
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
