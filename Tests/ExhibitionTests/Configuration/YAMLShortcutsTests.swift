import Testing

@testable import Exhibition

@Suite struct YAMLShortcutsTests {
  @Test(arguments: [
    "a: &x 1", "a: *x", "- *x", "[1, *x]", "{a: *x}", "{\"a\":*x}", "? &k a", "a: !!str &x b", "--- &x",
    "a: \"*no\"\nb: *yes", "a: 'it''s'\nb: &x 1", "a: |\n  &no\nb: &yes 1", "a: it's\nb: &x 1",
    "&x a: 1", "a: # &no\n  *x",
  ])
  func shortcutsAreFound(_ text: String) { #expect(YAMLShortcuts.first(in: text) != nil) }

  @Test(arguments: [
    "a: b & c", "a: R&D", "a: 2*3 * 4", "a: \"&x\"", "a: '*x'", "# &x *y", "a: |\n  *emphasis*\n  &amp;",
    "a: >-\n  *x\n\n  *y\nb: 1", "a: \"two\n  *lines\"", "a: \"quote \\\" *x\"", "a: cats *and* dogs", "a: &",
    "url: https://a.b/?x=1&y=2",
  ])
  func textIsLeftAlone(_ text: String) { #expect(YAMLShortcuts.first(in: text) == nil) }

  @Test func placeIsExact() {
    let found = YAMLShortcuts.first(in: "title: x\nmodels: [ok, *bomb]\n")
    #expect(found?.line == 2 && found?.column == 14 && found?.text == "*bomb")
  }
}
