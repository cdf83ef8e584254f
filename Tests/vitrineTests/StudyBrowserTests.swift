import Foundation
import Imaging
import Study
import Support
import Testing

/// A study in a real browser, served by `vitrine serve`: from the welcome to the thanks by keyboard alone, with a reload, a
/// lost connection and a restart of the server in the middle. What is exported is what was pressed.
@Suite(.serialized) struct StudyBrowserTests {
  private let folder: TestFolder
  private let port: Int

  init() throws {
    folder = try TestFolder()
    port = try Self.freePort()
    try folder.write(
      "exhibition.yaml",
      """
      title: A test
      models: [{name: net, path: "\(Program.repository)/content/models/demo-resnet"}]
      classes: [mushroom]
      methods: [fourier, activation-maximization]
      study: {name: first, collect: here, parts: [{task: rating, classes: 1, catches: 0}]}
      """)
    // Stops the server at once, whatever it is doing, and starts it again.
    try folder.write(
      "serve.sh",
      """
      # Whoever waits for this script waits for what has its files open.
      for file in /proc/self/fd/*; do [ "${file##*/}" -gt 2 ] && eval "exec ${file##*/}>&-"; done
      cd "\(folder.path)"
      [ -e pid ] && kill -9 "$(cat pid)"
      "\(Program.path)" serve exhibition.yaml --as-is --port \(port) >> serve.log 2>&1 < /dev/null &
      echo $! > pid
      for try in $(seq 200); do (exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null && exit 0; sleep 0.1; done
      exit 1
      """)
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(bound)
    return Int(in_port_t(bigEndian: address.sin_port))
  }

  /// Designs as they are published: rating and naming; choosing with an arm of natural pictures.
  private func definition(_ design: String) throws -> StudyDefinition {
    func picture(_ name: String) throws -> String {
      let digits = Array(Digest.sha256(name).utf8).map { Float($0 % 32) / 32 }
      var image = Image(width: 24, height: 24, channels: 3, filledWith: 0)
      for index in image.pixels.indices { image.pixels[index] = digits[(index / 36) % digits.count] }
      let data = try image.pngData()
      let digest = Digest.sha256(data)
      try AtomicFile.write(data, to: StudyFolder(path: folder.path + "/studies/first").picturePath(digest))
      return digest
    }
    let methods = ["vital", "maco", "fourier"]
    func rated(_ name: String, references: [String] = [], right: [String] = []) throws -> StudyItem {
      StudyItem(
        name: name, target: name, word: references.isEmpty ? name : nil, references: references,
        stimuli: try methods.map { .init(method: $0, pictures: [try picture("\(name) \($0)")], right: right) }
      )
    }
    func chosen(_ name: String) throws -> StudyItem {
      StudyItem(
        name: name, target: name,
        stimuli: try ["vital", "natural"].map { arm in
          .init(
            method: arm, pictures: try (0..<4).map { try picture("\(name) \(arm) high \($0)") },
            opposites: try (0..<4).map { try picture("\(name) \(arm) low \($0)") })
        },
        queries: try (0..<2).map {
          .init(strong: try picture("\(name) strong \($0)"), weak: try picture("\(name) weak \($0)"))
        })
    }
    var plain = try chosen("plain")
    plain.stimuli.removeFirst()
    var first = plain
    first.name = "first"
    let scale = StudyPart.Scale(low: "not at all", high: "very well")
    let choosing = StudyPart(
      name: "choosing", title: "Which one?", question: "Which belongs to the right-hand group?",
      task: .choice,
      arrangement: .crossed, methods: ["vital", "natural"], scale: scale,
      items: try ["layer3:1", "layer3:2"].map(chosen), catches: [plain], practice: [first],
      practiceMustBeRight: true, repeats: 1)
    let rating = [
      StudyPart(
        name: "words", title: "Words", question: "How well does each picture show {word}?", task: .rating,
        arrangement: .together, methods: methods, scale: scale,
        items: try ["cat", "owl", "fox"].map { try rated($0) },
        catches: [try rated("plain", right: ["5"])], practice: [try rated("first", right: ["4", "5"])],
        repeats: 1),
      StudyPart(
        name: "neurons", title: "Examples", question: "How close is each picture?", task: .rating,
        arrangement: .together, methods: methods, scale: scale,
        items: try ["layer3:1", "layer3:2"].map { unit in
          try rated(unit, references: try (0..<6).map { try picture("\(unit) patch \($0)") })
        }),
      StudyPart(
        name: "naming", title: "Naming", question: "What do you see?", task: .word, arrangement: .rotated,
        methods: methods, scale: scale, items: try ["bee", "bat", "cow"].map { try rated($0) }),
    ]
    return StudyDefinition(
      name: "first", title: "Pictures", seed: 1,
      texts: .init(
        welcome: "Welcome.", consent: "I agree.", instructions: "Look.", debrief: "It was about pictures."),
      comprehension: [
        FormQuestion(
          name: "task", text: "What will you do?",
          choices: ["look", "sleep"].map { .init(value: $0, label: $0) },
          right: ["look"])
      ], parts: design == "A" ? rating : [choosing],
      demographics: [
        FormQuestion(
          name: "age", text: "Your age?",
          choices: ["18-34", "35-54", "none"].map { .init(value: $0, label: $0) })
      ], completion: .init(code: "C0MPLETE"))
  }

  private struct Pressed: Codable, Hashable {
    var trial_id: String
    var question: String
    var value: String
    var attempt: Int
  }

  private struct Row: Decodable {
    var trial_id: String
    var question: String
    var position: Int?
    var value: String
    var attempt: Int
    var kind: String
  }

  private func lines<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> [Value] {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(type, from: Data($0.utf8))
    }
  }

  @Test(arguments: ["A", "B"], [true, false])
  func fromWelcomeToThanks(_ design: String, hasScripts: Bool) throws {
    let definition = try definition(design)
    try StudyFolder(path: folder.path + "/studies/first").write(
      definition, try StudyPlan.make(for: definition, participants: 4, seed: 1))
    let site = try Program.run(["render", "exhibition.yaml"], in: folder.path)
    try #require(site.code == 0, "\(site)")
    defer {
      if let pid = (try? String(contentsOfFile: folder.path + "/pid", encoding: .utf8)).flatMap({
        Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }) {
        kill(pid, SIGKILL)
      }
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c",
      """
      bash serve.sh && exec node "\(Program.repository)/tools/study.mjs" "http://127.0.0.1:\(port)/studies/first/index.html" \
      --pressed pressed.jsonl \(hasScripts ? "--restart 'bash serve.sh'" : "--no-script") > said.log 2>&1
      """,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    let said = try String(contentsOfFile: folder.path + "/said.log", encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(said)")
    let export = try Program.run(["study", "export", "studies/first", "-o", "data"], in: folder.path)
    #expect(export.code == 0, "\(export)")
    let kept = try lines(Row.self, "data/events.jsonl").map { row in
      Pressed(
        trial_id: row.trial_id,
        question: row.question == "rating" ? "rating-\(row.position ?? 0)" : row.question, value: row.value,
        attempt: row.attempt)
    }
    let pressed = try lines(Pressed.self, "pressed.jsonl")
    #expect(Set(kept) == Set(pressed) && kept.count == pressed.count)
    #expect(pressed.count > 10)
    let status = try Program.run(["study", "status", "studies/first"], in: folder.path)
    #expect(status.output.contains("1 participant began, 1 got to the end"), "\(status)")
  }
}
