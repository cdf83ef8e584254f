import Foundation
public import Models
public import NeuralNetwork
import Support

/// Indices of patches in a folder: each question about some pictures is answered by one pass over them, and from then on
/// at once, for as long as the pictures' contents are the same.
///
/// An index is found by the question (the model's weights, the layer, the grid, the precision, the numbers kept) and the
/// pictures' names. Whether the contents are the same is told by size and time of each file where those are unchanged, and
/// by the digest of its content where they aren't. A pass that was interrupted leaves its state in the same place, and goes
/// on from there. A file that is damaged or belongs to other contents is made anew. There are no locks: of two processes
/// that ask the same, both may make the pass, and one result remains.
public struct PatchIndexCache: Sendable {
  /// Something that a user should know of and that doesn't stop a search.
  public enum Note: Sendable, Equatable {
    /// A pass goes on where another one has stopped: after so many pictures.
    case resumed(after: Int)
    /// An index was there and can't be used: why.
    case remade(path: String, reason: String)
    /// What was found can't be kept for the next time: why.
    case unsaved(String)
  }

  /// The folder; it is made when an index is saved.
  public let folder: String

  /// A cache in a folder.
  public init(folder: String) { self.folder = folder }

  /// The index of a question about pictures: from the cache, or else by a pass over them.
  ///
  /// - Parameters:
  ///   - report: is told what a user should know.
  ///   - progress: May throw to end the pass, whose state then is kept.
  /// - Throws: ``AttributionError`` without pictures that can be read, or for more patches than memory holds;
  ///   `VisualizationError` for a unit that the model doesn't have; and what `progress` throws.
  public func index(
    _ question: PatchQuestion, of list: PictureList, in model: Model, options: Executor.Options = .init(),
    report: (Note) -> Void = { _ in }, progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> PatchIndex {
    guard list.count > 0 else { throw AttributionError.noPictures("the patches that excite a unit") }
    var options = options
    options.precision = question.precision
    let units = try PatchScorer(question.subject, in: model).units
    let kept = min(question.kept, list.count) + min(question.lowest, list.count)
    guard units <= Self.mostPatches / max(1, kept) else {
      throw AttributionError.tooManyPatches(units: units, kept: kept, most: Self.mostPatches)
    }
    let text = question.text(model)
    let path = path(text, list)
    var index = PatchIndex(
      question, text: text, list, units: units, perPicture: question.grid.count(model.input))
    switch Self.load(path, like: index, list) {
    case .missing: break
    case .unusable(let reason): report(.remade(path: path, reason: reason))
    case .found(let known, let isAsSaved):
      index = known
      if known.isWhole, isAsSaved { return try checked(known) }
      if !known.isWhole { report(.resumed(after: known.records.count)) }
    }
    if !index.isWhole {
      try PatchPass(model: model, question: question, list: list, options: options)
        .run(&index, save: { save($0, path, report) }, progress: progress)
    }
    save(index, path, report)
    return try checked(index)
  }

  /// An index of at least one picture.
  private func checked(_ index: PatchIndex) throws(AttributionError) -> PatchIndex {
    guard index.searched == 0, let first = index.skipped.first else { return index }
    throw .unreadablePictures(index.names.count, first: first)
  }

  /// More patches aren't kept in memory: 3 GB.
  private static let mostPatches = 1 << 28

  private func path(_ question: String, _ list: PictureList) -> String {
    let names = list.items.map { "\($0.name)\u{0}\($0.group)" }.joined(separator: "\u{0}\u{0}")
    return "\(folder)/\(Digest.sha256(question + "\n" + names).prefix(32)).patches"
  }

  private func save(_ index: PatchIndex, _ path: String, _ report: (Note) -> Void) {
    removeLeftovers()
    do { try AtomicFile.write(index.encoded(), to: path) } catch { report(.unsaved(error.description)) }
  }

  /// What a process left that was killed while it saved: an index may be large.
  private func removeLeftovers() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.contains(".patches.tmp-") {
      guard let status = FileStatus(path: "\(folder)/\(name)"),
        Date().timeIntervalSince1970 - Double(status.modified.seconds) > Self.leftoverAge
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// Seconds after which nothing is being written any more.
  private static let leftoverAge = 3600.0

  private enum Loaded {
    case missing
    case unusable(String)
    case found(PatchIndex, isAsSaved: Bool)
  }

  /// What is known already: an index of the same form and pictures as one of which nothing is known yet.
  private static func load(_ path: String, like new: PatchIndex, _ list: PictureList) -> Loaded {
    guard FileStatus(path: path) != nil else { return .missing }
    var index: PatchIndex
    do {
      let file = try MappedFile(path: path)
      index = try withExtendedLifetime(file) { () throws(BinaryReader.Fault) in try PatchIndex(file.bytes) }
    } catch let error as BinaryReader.Fault {
      return .unusable(error.reason)
    } catch {
      return .unusable(String(describing: error))
    }
    guard index.hasForm(of: new) else { return .unusable("it belongs to another search") }
    var isAsSaved = true
    for place in index.records.indices {
      let item = list.items[place]
      let now = FileStatus(path: item.path).map { PictureRecord($0) } ?? PictureRecord()
      let isLikeBefore = now.hasStatus(of: index.records[place])
      // A file that couldn't be opened may be open now, which changes neither its size nor its time.
      if isLikeBefore, index.records[place].digest != .init() { continue }
      let read = ReadPicture.identify(item.path)
      guard read.digest == index.records[place].digest else {
        return .unusable("\(item.name) has changed")
      }
      guard !isLikeBefore else { continue }
      // Only the time differs: next time it needn't be read.
      var record = read
      record.fault = index.records[place].fault
      index.records[place] = record
      isAsSaved = false
    }
    return .found(index, isAsSaved: isAsSaved)
  }
}

extension PatchIndex {
  /// Whether the other is of the same question, pictures and sizes.
  fileprivate func hasForm(of other: PatchIndex) -> Bool {
    func sizes(_ index: PatchIndex) -> [Int] {
      guard let unit = index.tally.units.first else { return [] }
      return [
        index.units, index.perPicture, unit.best.capacity, unit.lowest.capacity, unit.histogram.most,
        index.tally.groupCounts.count,
      ]
    }
    return question == other.question && sizes(self) == sizes(other) && names == other.names
      && groups == other.groups && members == other.members
  }
}
