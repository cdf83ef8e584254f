import Foundation
import Testing

@testable import Support

@Suite("Short files")
struct SmallFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "small-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test("All bytes are read", arguments: [0, 1, 100_000])
  func bytes(_ count: Int) throws {
    let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) })
    try data.write(to: URL(fileURLWithPath: folder + "/a"))
    #expect(try SmallFile.read(folder + "/a") == data)
  }

  @Test("What is no file of bytes is refused at once")
  func others() throws {
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    for (name, reason) in [
      ("pipe", "it is not a regular file"), (".", "it is not a regular file"),
      ("none", "No such file or directory"),
    ] {
      let error = #expect(throws: FileError.self) { try SmallFile.read(folder + "/" + name) }
      #expect(error?.reason == reason)
    }
  }
}
