import Foundation
import Testing

@testable import Support

@Suite struct DigestTests {
  /// FIPS 180-4 examples.
  @Test func publishedExamples() {
    #expect(Digest.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func ofAFileAndOfAMissingOne() throws {
    let path = FileManager.default.temporaryDirectory.path + "/vitrine-digest-\(UUID().uuidString)"
    try AtomicFile.write("abc", to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Digest.sha256(ofFile: path) == Digest.sha256("abc"))
    #expect(throws: FileError(path: path + "x", action: "open", reason: "No such file or directory")) {
      try Digest.sha256(ofFile: path + "x")
    }
  }
}
