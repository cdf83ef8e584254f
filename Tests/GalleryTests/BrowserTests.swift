import Foundation
import Testing

@testable import Gallery

@Suite("In a browser")
struct BrowserTests {
  @Test(
    "Every kind of page works from a file: two widths, two themes, with and without scripts, and by keyboard")
  func everyKind() throws {
    let fixture = try Fixture(side: 96)
    try fixture.builder().build()
    let repository = URL(fileURLWithPath: Fixture.templates).deletingLastPathComponent().path
    let script = repository + "/tools/browser.mjs"
    let axe = repository + "/.build/axe.min.js"
    try #require(FileManager.default.fileExists(atPath: axe), "`make .build/axe.min.js` fetches axe-core")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["node", script, fixture.output, "--axe", axe]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    if let keep = ProcessInfo.processInfo.environment["VITRINE_KEEP_SITE"] {
      try? FileManager.default.removeItem(atPath: keep)
      try FileManager.default.copyItem(atPath: fixture.output, toPath: keep)
    }
  }
}
