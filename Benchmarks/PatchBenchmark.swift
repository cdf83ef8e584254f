import Attribution
import CKernels
import Foundation
import Imaging
import Models
import NeuralNetwork
import Support
import Tensor

/// The search for patches over photographs beside the network alone: patches a second of both, in one run, and the memory.
///
/// The photographs are scenes of the demo, enlarged to 2000 × 1500 and made noisy so that they are as hard to decode as real
/// ones; a few distinct ones under many names, each of which is read and decoded.
struct PatchBenchmark {
  /// How many pictures are searched.
  let pictures: Int
  /// 0: all cores.
  let threads: Int

  private static let distinct = 12
  /// Pictures between two measurements of the network alone, and runs of each.
  private static let (pause, runs) = (50, 8)

  /// Prints a table of one row.
  func run() throws {
    let count = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    _ = vitrine_set_threads(Int32(count))
    let folder = NSTemporaryDirectory() + "patches-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bytes = try Self.makePhotographs(pictures, in: folder + "/pictures")
    let list = try PictureList(folder: folder + "/pictures")
    let model = try Model(
      name: "resnet50", EngineBenchmark.resNet50, weights: MappedWeights(), weightsHash: "hashed")
    let question = try PatchQuestion.layer("layer4", in: model)
    let decoding = try Sample.median(
      list.items.prefix(Self.distinct).map { item in
        try Sample.measure { _ = try model.input.prepare(file: item.path) }
      })
    PeakMemory.reset()
    let network = try Network(model, question, threads: count)
    var alone: [Sample] = []
    var breaks = Sample(wall: 0, processor: 0)
    var early: Int?
    let whole = try Sample.measure {
      let index = try PatchIndexCache(folder: folder + "/cache").index(
        question, of: list, in: model, options: .init(threads: count),
        progress: { progress in
          if progress.done == min(100, pictures) { early = PeakMemory.read() }
          guard progress.done % Self.pause == Self.pause / 2 else { return }
          let pause = try Sample.measure {
            // Threads that read ahead come to rest first.
            usleep(400_000)
            for _ in 0..<Self.runs { alone.append(try Sample.measure(network.step)) }
          }
          breaks.wall += pause.wall
          breaks.processor += pause.processor
        })
      guard index.searched == pictures, index.units == 2048 else {
        throw AttributionError.unreadablePictures(pictures, first: index.skipped[0])
      }
    }
    let peak = PeakMemory.read()
    let perPicture = question.grid.count(model.input)
    let median = Sample.median(alone)
    let patches = Double(pictures * perPicture)
    let mine = Sample(
      wall: (whole.wall - breaks.wall) / patches, processor: (whole.processor - breaks.processor) / patches)
    let pure = Sample(
      wall: median.wall / Double(network.batch), processor: median.processor / Double(network.batch))
    Table.say(
      """
      Patches of ResNet-50, layer4, all 2048 channels: \(pictures) JPEGs of 2000 × 1500 pixels, \
      \(bytes / 1000) kB in the mean; \(count) threads. A picture takes \(decoding) ms to decode and prepare.

      | ms a patch | the network alone | its share | patches a second | peak memory after \(min(100, pictures)) | at the end, MiB |
      |---|---|---|---|---|---|
      | \(mine) | \(pure) | \(pure.ratio(to: mine)) | \(String(format: "%.1f", 1000 / mine.wall)) | \
      \(early.map { "\($0)" } ?? "") | \(peak.map { "\($0)" } ?? "") |
      """)
  }

  /// The network on batches of the same size, and nothing else.
  private struct Network {
    let batch: Int
    private let executor: Executor

    init(_ model: Model, _ question: PatchQuestion, threads: Int) throws {
      batch = question.batch
      executor = try Executor(
        graph: model.graph, batch: batch, taps: [try model.node("layer4")], gradient: false,
        options: .init(threads: threads))
      var random = RandomSource(seed: 1)
      for index in executor.input.indices { executor.input[index] = random.normal() }
    }

    func step() throws { try executor.forward() }
  }

  /// Writes photographs and says how large they are in the mean.
  private static func makePhotographs(_ count: Int, in folder: String) throws -> Int {
    try AtomicFile.makeFolder(folder)
    let scenes = try PictureList(folder: "content/references").items
    guard scenes.count >= distinct else {
      throw FileError(path: "content/references", action: "make photographs of", reason: "too few pictures")
    }
    var random = RandomSource(seed: 1)
    var bytes = 0
    for number in 0..<count {
      let path = "\(folder)/\(number).jpg"
      if number >= distinct {
        try FileManager.default.linkItem(atPath: "\(folder)/\(number % distinct).jpg", toPath: path)
        continue
      }
      var photograph = try Image.read(scenes[number * (scenes.count / distinct)].path)
        .resized(width: 2000, height: 1500, filter: .bicubic, rounding: false)
      for index in photograph.pixels.indices { photograph.pixels[index] += 0.03 * random.normal() }
      let data = try photograph.jpegData(quality: 90)
      bytes += data.count / min(count, distinct)
      try AtomicFile.write(data, to: path)
    }
    return bytes
  }
}
