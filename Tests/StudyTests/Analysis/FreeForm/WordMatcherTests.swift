import Testing

@testable import Study

@Suite struct WordMatcherTests {
  private func matcher() throws -> WordMatcher { WordMatcher(try InstalledWordNet.get()) }

  @Test func whatParticipantsWrite() throws {
    let matcher = try matcher()
    for answer in [
      "zebra", "Zebras", "a zebra", "zebar", "zebraa", "ZÉBRA", "some kind of zebra!", "striped zebra?",
      "zebra's",
    ] {
      #expect(matcher.compare(answer, "zebra") == .init(similarity: 1, matched: "zebra – zebra"), "\(answer)")
    }
    for answer in ["traffic light", "trafic light", "traffic-lights", "a traffic light"] {
      #expect(matcher.compare(answer, "traffic light").similarity >= 0.8, "\(answer)")
    }
    #expect(matcher.compare("traffic lights", "traffic light").similarity == 1)
    #expect(matcher.compare("horse", "zebra").similarity > matcher.compare("car", "zebra").similarity)
    // The page shows what was compared.
    #expect(matcher.compare("a coffee cup on a table", "coffee mug").matched == "coffee cup – coffee mug")
  }

  /// Class lists give several names, the first of which is as good as the others.
  @Test func namesOfClasses() throws {
    let matcher = try matcher()
    #expect(matcher.compare("goldfish", "goldfish, Carassius auratus").similarity == 1)
    #expect(matcher.compare("ladybird", "ladybug, ladybeetle, lady beetle").similarity == 1)
  }

  @Test func nothingToCompare() throws {
    let matcher = try matcher()
    let nothing = WordMeasure.Match(similarity: 0, matched: nil)
    for answer in ["", " ", "?!", "xqzwvk", "of the", "striped", "123456789 qqqqqq", "\u{202E}", "slowly"] {
      #expect(matcher.compare(answer, "zebra") == nothing, "\(answer)")
    }
    #expect(matcher.compare("zebra", "").matched == nil)
  }

  @Test func longTexts() throws {
    let text = String(repeating: "zzzzqqq ", count: 50)
    #expect(try matcher().compare(text, "zebra").similarity >= 0)
  }

  @Test func slips() {
    func slips(_ a: String, _ b: String, _ limit: Int) -> Int? {
      Spelling.slips(Array(a.utf8), Array(b.utf8), limit: limit)
    }
    #expect(
      slips("zebra", "zebra", 0) == 0 && slips("zebar", "zebra", 1) == 1 && slips("zbra", "zebra", 1) == 1)
    #expect(slips("zebra", "horse", 2) == nil && slips("", "ab", 2) == 2 && slips("", "abc", 2) == nil)
    #expect(Spelling.tolerance(3) == 0 && Spelling.tolerance(5) == 1 && Spelling.tolerance(10) == 2)
  }
}
