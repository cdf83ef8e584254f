import Foundation
import Imaging
import Models
import Support
import Tensor
import Testing
import Visualization

@testable import Attribution

/// What is kept of a search, and what becomes of it.
@Suite struct PatchIndexCacheTests {
  let folder: PatchFolder
  let model: Model
  let question: PatchQuestion

  init() throws {
    folder = try PatchFolder()
    model = try TestModels.resNet()
    question = try PatchQuestion.layer("layer3", in: model)
  }

  /// Asks, and says of how many pictures the pass told; 0 if there was none.
  private func ask(
    _ question: PatchQuestion? = nil, cache: String = "cache", notes: ((PatchIndexCache.Note) -> Void)? = nil,
    stopAfter limit: Int = .max
  ) throws -> (index: PatchIndex, told: Int) {
    var told = 0
    let index = try folder.cache(cache).index(
      question ?? self.question, of: folder.list(), in: model, options: .init(threads: 1),
      report: { notes?($0) }
    ) { progress in
      told += 1
      if progress.done >= limit { throw CancellationError() }
    }
    return (index, told)
  }

  @Test func theSecondTimeThereIsNoPass() throws {
    try folder.fill(5)
    let first = try ask()
    let second = try ask(try PatchQuestion.layer("layer3.0", in: model)) { Issue.record("\($0)") }
    let isEqual = second.index == first.index
    #expect(first.told > 0 && second.told == 0 && isEqual)
    // Another question isn't answered by it.
    var other = question
    other.precision = .bfloat16
    #expect(try ask(other).told > 0)
    other = question
    other.kept = 3
    let few = try ask(other)
    #expect(few.told > 0 && few.index.best(4) == first.index.best(4, 3))
  }

  @Test("A pass that is interrupted and goes on ends with the same bytes", arguments: [1, 3])
  func resumes(_ perRun: Int) throws {
    try folder.fill(11)
    try folder.write("odd/broken.jpg", Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]))
    var question = question
    question.batch = 16 * perRun
    let whole = try ask(question, cache: "whole")
    #expect(whole.index.searched == 11)
    for stops in [[1], [5], [2, 3, 9], [11], [12]] {
      try? FileManager.default.removeItem(atPath: folder.path + "/cache")
      for stop in stops {
        #expect(throws: CancellationError.self) { try ask(question, stopAfter: stop) }
      }
      var after: Int?
      let resumed = try ask(
        question, notes: { if case .resumed(let count) = $0 { after = count } else { Issue.record("\($0)") } }
      )
      let isEqual = resumed.index == whole.index
      #expect(isEqual)
      #expect(try folder.index().data == folder.index("whole").data)
      // Before the first run through the network there was nothing to keep, and after the last nothing is left to do.
      #expect((after == nil) == (stops == [12] || (stops.last ?? 0) < perRun), "\(stops)")
      #expect(resumed.told == (stops == [12] ? 0 : 13 - (after ?? 0)), "\(stops)")
    }
  }

  @Test func picturesThatCantBeReadAreSkipped() throws {
    try folder.fill(4)
    let jpeg = try Image(
      width: 300, height: 200, channels: 3, pixels: [Float](repeating: 0.3, count: 180_000)
    )
    .jpegData(quality: 90)
    try folder.write("b/truncated.jpg", jpeg.prefix(jpeg.count / 2))
    try folder.write("b/empty.png", Data())
    try folder.write("b/text.jpeg", Data("no picture".utf8))
    try folder.write("b/whole.JPG", jpeg)
    try folder.write("b/notes.txt", Data("passed over".utf8))
    try folder.write(".hidden/1.png", Data())
    #expect(mkfifo(folder.pictures + "/b/pipe.png", 0o600) == 0)
    #expect(symlink("/nowhere", folder.pictures + "/b/lost.png") == 0)
    // A loop of folders is walked once.
    #expect(symlink("..", folder.pictures + "/odd/up") == 0)
    let index = try ask().index
    #expect(index.searched == 5)
    #expect(
      index.skipped.map(\.name)
        == ["b/empty.png", "b/lost.png", "b/pipe.png", "b/text.jpeg", "b/truncated.jpg"])
    #expect(
      index.skipped.map(\.reason)
        == [
          "the file is empty", "No such file or directory", "it is not a regular file",
          "it is neither a PNG nor a JPEG nor a portable anymap (.ppm)", "the file is truncated",
        ])
    #expect(index.best(0).allSatisfy { index.records[$0.picture].fault == nil })
    #expect(try ask().told == 0)
    // One that can be read now is read.
    try folder.write("b/lost.png", jpeg)
    #expect(try ask().index.searched == 6)
  }

  @Test func changedPicturesAreLookedAtAnew() throws {
    try folder.fill(4)
    let first = try ask().index
    // Only the time differs.
    let path = folder.pictures + "/even/0.png"
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
    let touched = try ask { Issue.record("\($0)") }
    #expect(touched.told == 0)
    var isEqual = touched.index.tally == first.tally
    #expect(isEqual)
    isEqual = try ask().index.records == touched.index.records
    #expect(isEqual)
    try folder.write("even/0.png", seed: 77)
    var notes: [PatchIndexCache.Note] = []
    let changed = try ask(notes: { notes.append($0) })
    isEqual = changed.index.tally == first.tally
    #expect(changed.told > 0 && !isEqual)
    #expect(notes == [.remade(path: try folder.index().path, reason: "even/0.png has changed")])
    // One more picture makes another list.
    try folder.write("even/more.png", seed: 5)
    #expect(try ask().index.searched == 5)
  }

  @Test func whatAKilledProcessLeftIsRemoved() throws {
    try folder.fill(1)
    for (name, age) in [("old", 7200.0), ("young", 60)] {
      let path = "\(folder.path)/cache/0.patches.tmp-\(name)"
      try AtomicFile.write("half", to: path)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
    }
    _ = try ask()
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cache")
    #expect(left.count == 2 && left.contains("0.patches.tmp-young"))
  }

  /// Of equal pictures the earlier come first, at both ends.
  @Test func ties() throws {
    for name in ["a/1.png", "a/2.png", "b/3.png"] { try folder.write(name, seed: 1) }
    let index = try ask().index
    for unit in 0..<index.units {
      #expect(
        index.best(unit).map(\.picture) == [0, 1, 2] && index.lowest(unit).map(\.picture) == [0, 1, 2])
      #expect(index.figures(unit).histogram.counts == [3] && index.figures(unit).deviation == 0)
    }
  }

  @Test func damagedIndicesAreMadeAnew() throws {
    try folder.fill(3)
    let whole = try ask().index
    var isEqual = false
    let (path, data) = try folder.index()
    for length in [0, 1, 7, 8, 20, 40, 100, data.count / 2, data.count - 1] {
      try data.prefix(length).write(to: URL(fileURLWithPath: path))
      var notes: [PatchIndexCache.Note] = []
      isEqual = try ask(notes: { notes.append($0) }).index == whole
      #expect(isEqual)
      #expect(try notes.count == 1 && folder.index().data == data, "\(length) bytes")
    }
    var flipped = data
    flipped[data.count / 3] ^= 4
    try flipped.write(to: URL(fileURLWithPath: path))
    #expect(try ask().told > 0)
    // An index of another question under this one's name.
    var other = question
    other.kept = 2
    try #require(try? FileManager.default.removeItem(atPath: path))
    _ = try ask(other)
    try FileManager.default.moveItem(atPath: try folder.index().path, toPath: path)
    isEqual = try ask().index == whole
    #expect(isEqual)
    // Where none can be saved, the answer is given all the same.
    try FileManager.default.removeItem(atPath: folder.path + "/cache")
    try Data().write(to: URL(fileURLWithPath: folder.path + "/cache"))
    var notes: [PatchIndexCache.Note] = []
    isEqual = try ask(notes: { notes.append($0) }).index == whole
    #expect(isEqual)
    #expect(notes.count == 1)
  }

  /// Bytes changed by someone who makes the checksum fit: refused, or read without harm.
  @Test func hostileIndicesDoNoHarm() throws {
    try folder.fill(3)
    try folder.write("broken.png", Data([1]))
    _ = try ask()
    let body = try folder.index().data.dropLast(32)
    var random = RandomSource(seed: 9)
    var read = 0
    for round in 0..<4000 {
      var bytes = [UInt8](body)
      for _ in 0..<(1 + round % 3) {
        // Every other change is made to a count or number as a whole.
        let place = Int.random(in: 8..<bytes.count - 8, using: &random)
        let width = round % 2 == 0 ? 1 : 4
        for offset in 0..<width {
          bytes[place + offset] =
            round % 5 == 0 ? 0xFF : UInt8.random(in: 0...255, using: &random)
        }
      }
      if round % 7 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count - 8, using: &random)) }
      bytes += bytes.withUnsafeBytes { Digest.sha256Bytes($0) }
      guard let index = bytes.withUnsafeBytes({ try? PatchIndex($0) }) else { continue }
      read += 1
      for unit in 0..<index.units {
        #expect((index.best(unit) + index.lowest(unit)).allSatisfy { $0.picture < index.names.count })
        var histogram = index.figures(unit).histogram
        histogram.add(1e20)
        histogram.add(-1e-20)
      }
      #expect(index.skipped.count <= index.names.count && index.bytes > 0)
      _ = index.encoded()
    }
    #expect(read > 100)
  }

  @Test func whatCantBeSearched() throws {
    #expect(throws: AttributionError.noPictures("the patches that excite a unit")) { try ask() }
    try folder.write("a.png", Data())
    try folder.write("b.jpg", Data([1, 2]))
    #expect(
      throws: AttributionError.unreadablePictures(2, first: .init(name: "a.png", reason: "the file is empty"))
    ) { try ask() }
    // Nor is it the second time, when that is known.
    #expect(throws: AttributionError.self) { try ask() }
    #expect(throws: VisualizationError.self) { try ask(PatchQuestion(.layer("layer9"))) }
    #expect(throws: VisualizationError.self) { try ask(PatchQuestion(.layer("input"))) }
    #expect(throws: FileError.self) { try PictureList(folder: folder.path + "/nowhere") }
  }
}
