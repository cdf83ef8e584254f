import Foundation
import Testing

@testable import Checkpoints

/// Formats are told by content; what only looks like a checkpoint is named.
@Suite struct RecognitionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func theNameDoesntMatter() throws {
    let path = try folder.write(SafetensorsFile.floats([("a", [1], [4])]), "weights.pth")
    #expect(try Checkpoint(path: path).format == .safetensors)
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "git lfs pull"),
    ("<!DOCTYPE html><html></html>", "web page"),
    ("\u{1}\u{2}nonsense nonsense", "starts with the bytes 01 02 6e"),
    ("", "is empty"),
  ]) func lookalikesAreNamed(text: String, message: String) throws {
    let path = try folder.write(Data(text.utf8), "weights.bin")
    expectError(containing: path, message) { _ = try Checkpoint(path: path) }
  }

  @Test func aKeyIsOnlyForFilesThatHaveSome() throws {
    let path = try folder.write(SafetensorsFile.floats([("a", [1], [4])]), "a.safetensors")
    expectError(containing: "no dictionary \"model_ema\"") {
      _ = try Checkpoint(path: path, key: "model_ema")
    }
  }
}
