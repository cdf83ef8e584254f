import Foundation
import Testing

@testable import Study

@Suite struct StudyDefinitionTests {
  @Test func comesBackFromItsCanonicalForm() throws {
    let text = try StudyFixture.full.canonicalJSON()
    let again = try StudyDefinition(json: Data(text.utf8), place: "study.json")
    #expect(again == StudyFixture.full)
    #expect(try again.canonicalJSON() == text)
    #expect(try again.hash() == StudyFixture.full.hash())
  }

  @Test func hashChangesWithAnyWordAndNotWithTheOrderOfNames() throws {
    var other = StudyFixture.full
    other.texts.debrief += "."
    #expect(try other.hash() != StudyFixture.full.hash())
    let object = try JSONSerialization.jsonObject(
      with: Data(StudyFixture.full.canonicalJSON().utf8))
    let pretty = try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted])
    #expect(try StudyDefinition(json: pretty, place: "study.json").hash() == StudyFixture.full.hash())
  }

  @Test func refusesNamesThatItDoesNotKnow() throws {
    let text = try StudyFixture.full.canonicalJSON()
      .replacing("\"catchShare\":", with: "\"catchRatio\":0.5,\"catchShare\":")
    #expect {
      try StudyDefinition(json: Data(text.utf8), place: "study.json")
    } throws: {
      "\($0)" == "study.json: unknown name \"exclusions.catchRatio\""
    }
  }

  @Test func tellsAllFaultsAtOnce() {
    var definition = StudyFixture.definition([
      StudyFixture.rating(items: 3, methods: 2, catches: 3, repeats: 2),
      StudyFixture.choice(items: 2, methods: 2, arrangement: .crossed),
    ])
    definition.name = "Not a slug"
    definition.parts[0].arrangement = .crossed
    definition.parts[0].items[1].stimuli[0].method = "other"
    definition.parts[0].items[2].stimuli[0].pictures = ["abc"]
    definition.comprehension[0].right = ["7"]
    definition.exclusions.catchShare = 75
    #expect {
      try definition.validate()
    } throws: { error in
      let text = "\(error)"
      return [
        "name: \"Not a slug\"", "labels.arrangement: crossed doesn't go with rating", "labels.repeats",
        "labels.catches", "labels.item-1: has pictures by other, method-1 instead of method-0, method-1",
        "labels.item-2: \"abc\" is no SHA-256", "choice.unit-0: needs 2 pairs of queries or more",
        "comprehension.best: \"7\" is right but none of the answers", "catchShare: 75.0 isn't from 0 to 1",
      ].allSatisfy(text.contains)
    }
  }

  @Test func partsCannotBeCalledLikeForms() {
    var part = StudyFixture.rating(items: 2, methods: 2)
    part.name = "consent"
    #expect(throws: StudyError.self) { try StudyFixture.definition([part]).validate() }
  }
}
