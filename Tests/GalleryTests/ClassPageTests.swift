import Testing

@testable import Gallery

@Suite struct ClassPageTests {
  @Test("Beside the natural pictures stands what in them counts, for each network that has maps of them")
  func attributions() throws {
    let fixture = try Fixture(seeds: [1])
    fixture.collection.classes[1].maps["vit"] = AttributionExhibit(
      method: "", maps: .missing(reason: "Not computed yet."))
    try fixture.builder().build()
    func maps(_ label: String) throws -> (pictures: Int, captions: Int) {
      let page = try fixture.page("classes/\(label)/index.html")
      let pictures = page.components(separatedBy: "in a natural picture, number").count - 1
      return (pictures, page.components(separatedBy: "(red) and against it (blue)").count - 1)
    }
    #expect(try maps("zebra") == (8, 2))
    #expect(try maps("white-shark") == (4, 1))
    // Without natural pictures there is nothing to look at.
    #expect(try maps("tennis-ball") == (0, 0))
    #expect(try fixture.page("classes/zebra/index.html").contains("epsilon-plus-flat"))
  }
}
