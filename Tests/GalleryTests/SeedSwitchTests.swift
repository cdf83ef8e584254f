import Exhibition
import Testing

@testable import Gallery

@Suite struct SeedSwitchTests {
  private func work(_ method: String, _ seed: UInt64, model: String = "a") -> Work {
    Work(
      model: model, method: method, seed: seed, target: .init(kind: .classLogit, address: "class:0"),
      result: .missing(reason: "not made"))
  }

  @Test("At each seed each method shows just one picture: its own there, or else its first")
  func oneEach() {
    let works = [
      work("all", 0), work("all", 1), work("all", 2), work("two", 0), work("two", 2), work("one", 0),
      work("all", 0, model: "b"),
    ]
    let seeds = SeedSwitch(works)
    #expect(seeds.seeds == ["0", "1", "2"] && seeds.isWanted)
    #expect(works.map(seeds.seeds(showing:)) == ["0", "1", "2", "0 1", "2", nil, nil])
  }

  @Test("One seed leaves nothing to choose")
  func single() {
    let seeds = SeedSwitch([work("one", 4), work("other", 4)])
    #expect(seeds.seeds.isEmpty && !seeds.isWanted)
    #expect(seeds.seeds(showing: work("one", 4)) == nil)
  }
}
