import Testing

@testable import Exhibition

@Suite struct SlugTests {
  @Test(arguments: [
    ("Great White Shark", "great-white-shark"), ("  tabby, cat ", "tabby-cat"), ("Café Ω", "cafe"),
    ("layer4.1", "layer4-1"), ("../../etc", "etc"), ("a--b", "a-b"),
  ])
  func namesBecomeAddresses(_ pair: (String, String)) { #expect(Slug.make(pair.0) == pair.1) }

  @Test func namesWithoutLettersStillDiffer() {
    #expect(Slug.make("シマウマ") != Slug.make("サメ"))
    #expect(Slug.make("シマウマ").hasPrefix("x"))
  }
}
