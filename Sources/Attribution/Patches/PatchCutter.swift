import Imaging
public import Models

/// Cuts patches that a search has found out of their pictures again.
public struct PatchCutter: Sendable {
  private let model: Model
  private let grid: PatchGrid
  private let list: PictureList

  /// A cutter for what was found in a list of pictures by a question.
  public init(_ question: PatchQuestion, of list: PictureList, in model: Model) {
    (self.model, grid, self.list) = (model, question.grid, list)
  }

  /// Where a patch is, in pixels of the picture as prepared for the model.
  public func box(_ place: PatchPlace) -> (x: Int, y: Int, side: Int) {
    let (x, y) = grid.corner(place.patch, model.input)
    return (x, y, grid.side(model.input))
  }

  /// A patch with its pixels. Throws `ImageError` if the picture can't be read any more.
  public func cut(_ place: PatchPlace) throws -> Patch {
    let box = box(place)
    let picture = model.image(try model.input.prepare(file: list.items[place.picture].path))
    let crop = grid.crop(picture, place.patch, model.input)
    return Patch(
      picture: place.picture, x: box.x, y: box.y, side: box.side, score: Double(place.score), crop: crop,
      prepared: grid.enlarged(crop, model.input))
  }
}
