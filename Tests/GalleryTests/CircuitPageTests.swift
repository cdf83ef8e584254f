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

  @Test("Notes of edges that come together stand apart")
  func notes() {
    let curves = (0..<3).flatMap { upper in
      (0..<6).map { lower in
        CircuitCurve(from: (200 + 300 * Double(upper), 200), to: (60 + 170 * Double(lower), 390))
      }
    }
    #expect(curves[0].point(0) == (200, 200) && curves[0].point(1) == (60, 390))
    #expect(curves[0].point(0.5) == (130, 295))
    let notes = CircuitCurve.notes(curves)
    for (index, spot) in notes.enumerated() {
      // Each on its own curve.
      let nearest = (0...100).map { curves[index].point(Double($0) / 100) }
        .map { abs($0.x - spot.x) + abs($0.y - spot.y) }.min()
      #expect((nearest ?? 99) < 2)
      for other in notes[..<index] {
        #expect(abs(other.x - spot.x) >= 62 || abs(other.y - spot.y) >= 21)
      }
    }
  }
}
