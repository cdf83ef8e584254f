import Imaging
import Models
import NeuralNetwork

/// A patch that may be among the best.
struct Candidate {
  let picture: Int
  let patch: Int
  let score: Double
}
/// Cuts patches out of pictures, of which it holds one at a time.
final class PatchSource {
  private let model: Model
  private let grid: PatchGrid
  private let picture: (Int) throws -> [Float]
  private var last: (index: Int, image: Image)?

  init(model: Model, grid: PatchGrid, picture: @escaping (Int) throws -> [Float]) {
    self.model = model
    self.grid = grid
    self.picture = picture
  }

  /// Patch after patch, picture after picture, at the network's input size.
  func enlarged(_ index: Int) throws -> [Float] {
    let perPicture = grid.count(model.input)
    let crop = grid.crop(try image(index / perPicture), index % perPicture, model.input)
    return grid.enlarged(crop, model.input)
  }

  /// The best of candidates, cut out again.
  func patches(_ candidates: [Candidate], _ count: Int) throws -> [Patch] {
    let best = candidates.sorted { ($1.score, $0.picture) < ($0.score, $1.picture) }.prefix(count)
    return try best.map { candidate in
      let crop = grid.crop(try image(candidate.picture), candidate.patch, model.input)
      let (x, y) = grid.corner(candidate.patch, model.input)
      return Patch(
        picture: candidate.picture, x: x, y: y, side: grid.side(model.input), score: candidate.score,
        crop: crop,
        prepared: grid.enlarged(crop, model.input))
    }
  }

  private func image(_ index: Int) throws -> Image {
    if let last, last.index == index { return last.image }
    let values = try picture(index)
    guard values.count == model.input.count else {
      throw NetworkError.shape(
        node: "input",
        reason: "a picture has \(values.count) numbers, and \(model.name) takes \(model.input.count)")
    }
    let image = model.image(values)
    last = (index, image)
    return image
  }
}
