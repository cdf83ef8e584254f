import Testing

@testable import Gallery

@Suite struct CircuitPageTests {
  @Test("A circuit is drawn level by level, told as tables, and checked; labels stand beside addresses")
  func levels() throws {
    let fixture = try Fixture()
    try fixture.builder().build()
    let page = try fixture.page("circuits/stripes/index.html")
    // Two edges from the class, and one from each of its channels.
    #expect(page.components(separatedBy: "class=\"edge\"").count == 5)
    #expect(page.contains("zebra is read from stripes &#38; &#60;edges&#62; with 31 %"))
    #expect(page.contains("layer4.1:40 is read from layer3:7 with 10 %"))
    #expect(page.contains("Channels of layer4.1") && page.contains("Channels of layer3"))
    #expect(page.contains("The channels of the first level carry 43 %"))
    #expect(
      page.contains("without the circuit's channels") || page.contains("without the circuit&#39;s channels"))
    #expect(page.contains("../../units/resnet/layer3/7/index.html"))
    let unit = try fixture.page("units/resnet/layer4-1/12/index.html")
    #expect(unit.contains("stripes &#38; &#60;edges&#62;") && !unit.contains("<edges>"))
  }
}
