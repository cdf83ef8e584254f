import Foundation
import Imaging
import Study
import Support
import Testing

/// A study of small pictures in a folder of its own, with its site, a server that can be killed, and a browser that takes part.
final class BrowserStudy {
  let folder: TestFolder
  let port: Int

  /// Where answers go.
  enum Collection: Equatable {
    /// To the server of the pages.
    case here
    /// To a collector at an address of its own.
    case elsewhere
    /// Into a file, of which a copy is sent to this port.
    case file(postTo: Int)
  }

  /// Plans the study and renders its pages.
  init(
    _ design: String, resume: StudyDefinition.ResumePolicy = .resume, collection: Collection = .here
  ) throws {
    folder = try TestFolder()
    port = try Self.freePort()
    let collector = try Self.freePort()
    let collecting =
      switch collection {
      case .here: "collect: here"
      case .elsewhere: "collect: \"http://127.0.0.1:\(collector)\""
      case .file(let port): "collect: file, post_to: \"http://127.0.0.1:\(port)/answers\""
      }
    try folder.write(
      "exhibition.yaml",
      """
      title: A test
      models: [{name: net, path: "\(Program.repository)/content/models/demo-resnet"}]
      classes: [mushroom]
      methods: [fourier, activation-maximization]
      study: {name: first, parts: [{task: rating, classes: 1, catches: 0}], \(collecting)}
      """)
    let alone =
      "start \(collector) collect studies/first --port \(collector) --origin http://127.0.0.1:\(port)"
    // Stops what takes the answers at once, whatever it is doing, and starts it again.
    try folder.write(
      "serve.sh",
      """
      # Whoever waits for this script waits for what has its files open.
      for file in /proc/self/fd/*; do [ "${file##*/}" -gt 2 ] && eval "exec ${file##*/}>&-"; done
      cd "\(folder.path)"
      for pid in *.pid; do [ -e "$pid" ] && kill -9 "$(cat "$pid")"; done
      start() {
        port=$1; shift
        "\(Program.path)" "$@" >> "$1.log" 2>&1 < /dev/null &
        echo $! > "$1.pid"
        for try in $(seq 200); do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && return; sleep 0.1; done
        exit 1
      }
      start \(port) serve exhibition.yaml --as-is --port \(port)
      \(collection == .elsewhere ? alone : "")
      """)
    let definition = try definition(design, resume: resume)
    try StudyFolder(path: folder.path + "/studies/first").write(
      definition, try StudyPlan.make(for: definition, participants: 4, seed: 1))
    let site = try Program.run(["render", "exhibition.yaml"], in: folder.path)
    try #require(site.code == 0, "\(site)")
  }

  deinit {
    for name in ["serve", "collect"] {
      let text = (try? String(contentsOfFile: "\(folder.path)/\(name).pid", encoding: .utf8)) ?? ""
      if let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) { kill(pid, SIGKILL) }
    }
  }

  /// The study's page: of the server, which is started, or as a file.
  enum Place: String { case server, file }

  /// Takes part by `tools/study.mjs`, every kind of screen examined by axe, and expects no fault.
  func takePart(at place: Place = .server, _ options: [String] = []) throws {
    let axe = Program.repository + "/.build/axe.min.js"
    try #require(FileManager.default.fileExists(atPath: axe), "`make .build/axe.min.js` fetches axe-core")
    let page = "studies/first/index.html"
    let address = place == .server ? "http://127.0.0.1:\(port)/\(page)" : "\(folder.path)/site/\(page)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      [
        "-c", "\(place == .server ? "bash serve.sh &&" : "") exec node \"$@\" > said.log 2>&1", "node",
        Program.repository + "/tools/study.mjs", address, "--pressed", "pressed.jsonl", "--axe", axe,
      ] + options
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    let said = try String(contentsOfFile: folder.path + "/said.log", encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(said)")
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, in: folder.path)
  }

  // MARK: What was answered

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
  }

  private func lines<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> [Value] {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(type, from: Data($0.utf8))
    }
  }

  /// Expects that the exported rows are exactly what was pressed. Returns how many there are.
  @discardableResult
  func expectWhatWasPressed() throws -> Int {
    let export = try run("study", "export", "studies/first", "-o", "data")
    #expect(export.code == 0, "\(export)")
    let kept = try lines(Row.self, "data/events.jsonl").map { row in
      Pressed(
        trial_id: row.trial_id,
        question: row.question == "rating" ? "rating-\(row.position ?? 0)" : row.question, value: row.value,
        attempt: row.attempt)
    }
    let pressed = try lines(Pressed.self, "pressed.jsonl")
    #expect(Set(kept) == Set(pressed) && kept.count == pressed.count)
    return pressed.count
  }

  static func freePort() throws -> Int {
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
}
