import Foundation
import Testing

@testable import Attribution

@Suite struct CircuitTextTests {
  private let circuit = Circuit(
    classIndex: 0, label: "a \"b\" \\ c", rules: "epsilon-plus", layers: ["layer4", "layer3"], count: 2,
    nodes: [
      .init(layer: "layer4", channel: 7, level: 1, relevance: .init(mean: 2, spread: 0.5), share: 0.25),
      .init(layer: "layer3", channel: 1, level: 2, relevance: .init(mean: 1, spread: 0.25), share: 0.125),
    ],
    edges: [
      .init(upper: nil, lower: 0, relevance: .init(mean: 2, spread: 0.5), share: 0.25),
      .init(upper: 0, lower: 1, relevance: .init(mean: 1, spread: 0.25), share: 0.5),
    ])

  @Test func textIndentsLevels() {
    #expect(
      circuit.text(names: ["layer3:1": "edge"]) == """
        a "b" \\ c, 2 pictures, relevance by epsilon-plus
          layer4:7  25.0 % (2 ± 0.5)
            layer3:1 "edge"  50.0 % (1 ± 0.25)
        """)
  }

  @Test func graphvizIsQuoted() {
    let text = circuit.graphviz(names: ["layer3:1": "line\nend \"x\""])
    #expect(text.contains(#"class [label="a \"b\" \\ c", shape=ellipse];"#))
    #expect(text.contains(#"n1 [label="line\nend \"x\"\nlayer3:1\n12.5 %"];"#))
    #expect(text.contains("class -> n0") && text.contains("n0 -> n1") && text.hasSuffix("}\n"))
    // Each statement on a line of its own: nothing breaks out of a text.
    #expect(text.split(separator: "\n").count == 11)
  }

  @Test func jsonIsReadBack() throws {
    let data = try JSONEncoder().encode(circuit)
    #expect(try JSONDecoder().decode(Circuit.self, from: data) == circuit)
  }
}
