import Foundation
import Testing

@testable import Exhibition

/// The reference page beside the code.
@Suite struct SettingsReferenceTests {
  @Test("docs/settings.md is what `vitrine settings` prints") func pageIsCurrent() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/settings.md"), encoding: .utf8)
    let wanted = try SettingsReference.markdown()
    #expect(
      page.trimmingCharacters(in: .newlines) == wanted.trimmingCharacters(in: .newlines),
      "run `vitrine settings > docs/settings.md`")
  }
}
