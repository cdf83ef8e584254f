import Foundation
import Testing

@testable import Support

@Suite struct MappedFileTests {
  @Test("What a mapped file forgets is read again") func forget() throws {
    let path = NSTemporaryDirectory() + "mapped-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = (0..<40000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let file = try MappedFile(path: path)
    #expect(Array(file.bytes) == bytes)
    // A part that begins and ends within pages, the whole, and memory that isn't the file's.
    file.forget(UnsafeRawBufferPointer(rebasing: file.bytes[100..<20000]))
    file.forget(file.bytes)
    bytes.withUnsafeBytes { file.forget($0) }
    #expect(Array(file.bytes) == bytes)
  }

  @Test("A pipe that nobody writes to is refused, not waited for") func pipe() throws {
    let path = NSTemporaryDirectory() + "mapped-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: FileError.self) { try MappedFile(path: path) }
    #expect(error?.reason == "it is not a regular file")
  }
}
