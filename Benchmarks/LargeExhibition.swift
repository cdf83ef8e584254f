import Exhibition
import Foundation
import Imaging
import Support

/// A made-up exhibition of 1,000 classes with its store, as a finished run would leave it: no network is run for it.
struct LargeExhibition {
  let folder: String
  /// How many pictures there are of each class: two methods, and as many seeds as it takes.
  let picturesPerClass: Int

  static let classCount = 1000
  private static let methods = ["fourier", "vital"]
  private static let side = 384

  var configuration: String { folder + "/exhibition.yaml" }
  var store: Store { Store(folder: folder + "/store") }

  /// Writes everything that isn't there yet.
  func make() throws {
    for name in ["net", "pages"] {
      try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    try save("---\ntitle: About\n---\nWords.\n", to: "pages/about.md")
    try writeNetwork()
    try writeConfiguration()
    let pictures = try Self.paintings()
    let jobs = try Planner(exhibition: Exhibition.read(configuration), store: store).plan().jobs
    for (index, job) in jobs.enumerated() where FileStatus(path: store.path(of: job.identity)) == nil {
      try write(job, number: index, pictures)
    }
  }

  private static let names: [String] = {
    let first = "amber brisk cobalt dapper elder frosty golden hollow ivory jade".split(separator: " ")
    let second = "quiet rapid silver tidal upland velvet winter yonder zesty plain".split(separator: " ")
    let third = "badger canoe drum emu ferry gourd heron iris jug kettle".split(separator: " ")
    return first.flatMap { a in second.flatMap { b in third.map { "\(a) \(b) \($0)" } } }
  }()

  /// The demo network with a last layer of 1,000 classes.
  private func writeNetwork() throws {
    if FileStatus(path: folder + "/net/labels.txt") != nil { return }
    let source = "content/models/demo-resnet/"
    let old = try Data(contentsOf: URL(fileURLWithPath: source + "weights.safetensors"))
    let length = old.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let parsed = try JSONSerialization.jsonObject(with: old.subdata(in: 8..<(8 + length)))
    guard var header = parsed as? [String: [String: Any]],
      let shape = header["fc.weight"]?["shape"] as? [Int]
    else { throw Peer.Failure(description: "\(source)weights.safetensors isn't the demo network") }
    // In the order in which they lie in the file, for there may be no gaps.
    let order = header.keys.sorted { Self.offsets(header[$0])[0] < Self.offsets(header[$1])[0] }
    var values = Data()
    for name in order where name != "__metadata__" {
      let (start, end) = (Self.offsets(header[name])[0], Self.offsets(header[name])[1])
      var bytes = old.subdata(in: (8 + length + start)..<(8 + length + end))
      if name.hasPrefix("fc.") {
        header[name]?["shape"] = name == "fc.bias" ? [Self.classCount] : [Self.classCount, shape[1]]
        bytes = Data(count: 2 * Self.classCount * (name == "fc.bias" ? 1 : shape[1]))
      }
      header[name]?["data_offsets"] = [values.count, values.count + bytes.count]
      values += bytes
    }
    let json = try JSONSerialization.data(withJSONObject: header, options: .sortedKeys)
    let size = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    try (Data(size) + json + values).write(to: URL(fileURLWithPath: folder + "/net/weights.safetensors"))
    let description = try String(contentsOfFile: source + "model.yaml", encoding: .utf8)
    try save(description, to: "net/model.yaml")
    try save(Self.names.joined(separator: "\n") + "\n", to: "net/labels.txt")
  }

  private static func offsets(_ tensor: [String: Any]?) -> [Int] {
    tensor?["data_offsets"] as? [Int] ?? [0, 0]
  }

  private func writeConfiguration() throws {
    for name in Self.names {
      let place = folder + "/references/" + name.replacingOccurrences(of: " ", with: "-")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try save(
        "a picture that nobody looks into: \(name)", to: String(place.dropFirst(folder.count + 1)) + "/0.jpg")
    }
    let seeds = (0..<(picturesPerClass / Self.methods.count)).map(String.init).joined(separator: ", ")
    try save(
      """
      title: A thousand classes
      pages: pages
      models: [{name: net, path: net}]
      references: references
      classes: [\(Self.names.joined(separator: ", "))]
      methods: [\(Self.methods.joined(separator: ", "))]
      seeds: [\(seeds)]

      """, to: "exhibition.yaml")
  }

  /// Writes a file that isn't there: what is there is as it should be, and shall keep its time.
  private func save(_ text: String, to name: String) throws {
    let path = folder + "/" + name
    if FileStatus(path: path) == nil { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
  }

  /// Some pictures that compress as badly as real ones.
  private static func paintings() throws -> [Data] {
    var state: UInt32 = 1
    return try (0..<20).map { number in
      var image = Image(width: side, height: side, channels: 3, filledWith: 0)
      for channel in 0..<3 {
        for y in 0..<side {
          for x in 0..<side {
            state = state &* 1_664_525 &+ 1_013_904_223
            let wave = sin(Float(x * (channel + 1)) / 29 + Float(number)) * sin(Float(y) / 37)
            image[channel, y, x] = 0.5 + 0.4 * wave + Float(state >> 24) / 131_072
          }
        }
      }
      return try image.pngData(text: [])
    }
  }

  /// Puts a job's result where a run would, without the syncs that make runs safe.
  private func write(_ job: Job, number: Int, _ paintings: [Data]) throws {
    var files: [String: Store.NewFile] = [:]
    // Readers stop at a picture's end; what follows makes every file another one.
    let picture = { (index: Int) in
      Store.NewFile(
        paintings[(number + index) % paintings.count] + Data("\(number) \(index)".utf8), width: Self.side,
        height: Self.side)
    }
    let payload: Record.Payload
    switch job.kind {
    case .visualization:
      files["picture.png"] = picture(0)
      payload = .visualization(
        Record.Visualization(
          picture: "picture.png", transparency: nil, activation: 12.5, targetProbability: 0.9, steps: 500,
          snapshots: [.init(step: 500, file: "picture.png")],
          trace: (0...20).map { .init(step: 25 * $0, loss: 10 / Double($0 + 1), activation: Double($0)) }))
    case .references:
      files["0.png"] = picture(0)
      payload = .references(.init(pictures: [.init(file: "0.png", source: "0.jpg")], searched: 1))
    case .attribution:
      files["0.png"] = picture(0)
      payload = .attributions(.init(maps: []))
    default:
      guard job.recipe.target.kind == .picture else {
        payload = .accuracy(.init(top1: 0.9, top5: 1, count: Self.classCount, classes: []))
        break
      }
      payload = .judgement(
        Record.Judgement(
          picture: job.recipe.inputs.first ?? "", file: "picture.png",
          predictions: (0..<5).map {
            .init(classIndex: $0, label: Self.names[$0], probability: 0.9 / Double(1 + 8 * $0))
          }, targetProbability: 0.9, targetRank: 1 + number % 3))
    }
    let place = store.path(of: job.identity)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for (name, file) in files { try file.data.write(to: URL(fileURLWithPath: place + "/" + name)) }
    let record = Record(
      identity: job.identity, kind: job.kind, recipe: job.recipe, command: job.command,
      files: files.mapValues {
        Record.File(
          sha256: Digest.sha256($0.data), bytes: $0.data.count, width: $0.width, height: $0.height)
      }, seconds: 12.5, created: "2026-01-31T12:00:00Z", version: Version.vitrine, payload: payload)
    try record.json().write(to: URL(fileURLWithPath: place + "/record.json"))
  }
}
