import Testing

@testable import Models

/// The values on the right were printed by `tools/hashed_weights.py`.
@Suite struct HashedWeightsTests {
  @Test func numbersAreThoseOfPython() {
    #expect(
      HashedWeights.numbers("layer1.0.conv1.weight", count: 3) == [
        0.6828863620758057, 0.1464214324951172, 0.7011574506759644,
      ])
  }

  @Test(
    arguments: zip(
      ["bn1.running_var", "fc.weight", "fc.bias", "bn1.weight"],
      [
        [1.1423075199127197, 1.2867534160614014],
        [-0.05318856239318848, 1.2895797491073608, 0.8435952067375183, 0.6945738792419434],
        [-0.00446974067017436, -0.0038536430802196264], [0.6801019906997681, 0.9122045040130615],
      ] as [[Float]]))
  func tensorsAreThoseOfPython(_ name: String, _ expected: [Float]) {
    let shape = expected.count == 4 ? [2, 2] : [2]
    #expect(copiedNumbers(HashedWeights().parameter(name, shape)) == expected)
  }
}
