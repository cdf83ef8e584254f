import Foundation
import Testing

@testable import Gallery

@Suite("A built site")
struct SiteBuilderTests {
  @Test("A second build changes nothing, and two builds of the same store are alike byte for byte")
  func repeatedBuild() throws {
    let fixture = try Fixture()
    let first = try fixture.builder().build()
    #expect(first.written > 50)
    #expect(first.unchanged == 0)
    let index = fixture.output + "/index.html"
    let time = try FileManager.default.attributesOfItem(atPath: index)[.modificationDate] as? Date
    let second = try fixture.builder().build()
    #expect(second.written == 0)
    #expect(second.unchanged == first.written)
    #expect(try FileManager.default.attributesOfItem(atPath: index)[.modificationDate] as? Date == time)
    let other = fixture.folder + "/other"
    try SiteBuilder(collection: fixture.collection, templates: [Fixture.templates], output: other).build()
    #expect(try snapshot(other) == snapshot(fixture.output))
    if let keep = ProcessInfo.processInfo.environment["VITRINE_KEEP_SITE"] {
      try? FileManager.default.removeItem(atPath: keep)
      try FileManager.default.copyItem(atPath: fixture.output, toPath: keep)
    }
  }

  private func snapshot(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
        files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    return files
  }
}
