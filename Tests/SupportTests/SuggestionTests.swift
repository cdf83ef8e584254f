import Testing

@testable import Support

@Suite struct SuggestionTests {
  @Test func findsSwappedAndMissingLetters() {
    let known = ["vital", "fourier", "maco"]
    #expect(Suggestion.nearest(to: "vitl", among: known) == ["vital"])
    #expect(Suggestion.nearest(to: "fuorier", among: known) == ["fourier"])
    #expect(Suggestion.clause(for: "vitl", among: known) == "; did you mean \"vital\"?")
  }

  @Test func staysSilentWhenNothingIsNear() {
    #expect(Suggestion.clause(for: "zebra", among: ["vital"]).isEmpty)
    #expect(Suggestion.nearest(to: "", among: ["vital"]).isEmpty)
  }
}
