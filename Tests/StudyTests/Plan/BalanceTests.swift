import Testing

@testable import Study

/// Balance over whole blocks of rows, for many seeds.
@Suite struct BalanceTests {
  private static let seeds = (0..<16).map { UInt64($0) * 7919 + 1 }

  /// How often each key is there.
  private func counts<Key: Hashable>(_ keys: some Sequence<Key>) -> [Key: Int] {
    keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private func plan(_ part: StudyPart, _ participants: Int, _ seed: UInt64) throws -> [[StudyPlan.Trial]] {
    try StudyPlan.make(for: StudyFixture.definition([part]), participants: participants, seed: seed)
      .rows.map(\.trials)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 10, 13])
  func squareIsBalanced(n: Int) {
    let orders = BalancedSquare(n).orders
    #expect(orders.allSatisfy { $0.sorted() == Array(0..<n) })
    let places = counts(orders.flatMap { $0.enumerated().map { [$0.offset, $0.element] } })
    #expect(places.count == n * n && Set(places.values).count == 1)
    let followers = counts(orders.flatMap { zip($0, $0.dropFirst()).map { [$0, $1] } })
    #expect(followers.count == n * (n - 1) && Set(followers.values).count <= 1)
  }

  @Test(arguments: seeds) func orderOfTargets(seed: UInt64) throws {
    let rows = try plan(StudyFixture.rating(items: 10, methods: 4, catches: 2, repeats: 2), 60, seed)
    let main = rows.map { $0.filter { $0.kind == .main }.map(\.item) }
    let places = counts(main.flatMap { $0.enumerated().map { "\($0.offset) \($0.element)" } })
    #expect(places.count == 100 && places.values.allSatisfy { $0 == 6 })
    let followers = counts(main.flatMap { zip($0, $0.dropFirst()).map { "\($0) \($1)" } })
    #expect(followers.count == 90 && followers.values.allSatisfy { $0 == 6 })
    // Each target is repeated as often as any other.
    let repeated = counts(rows.flatMap { $0.filter { $0.kind == .repeat }.map(\.item) })
    #expect(repeated.count == 10 && repeated.values.allSatisfy { $0 == 12 })
    let caught = rows.map { $0.filter { $0.kind == .catch }.map(\.item) }
    #expect(caught.allSatisfy { $0.sorted() == ["catch-0", "catch-1"] })
    #expect(caught.filter { $0[0] == "catch-0" }.count == 30)
  }

  @Test(arguments: seeds) func positionsOfMethodsForEachTarget(seed: UInt64) throws {
    for methods in [2, 3, 4, 5] {
      let rows = try plan(StudyFixture.rating(items: 6, methods: methods), 60, seed)
      let places = counts(
        rows.joined().flatMap { trial in
          trial.methods.enumerated().map { "\(trial.item) \($0.offset) \($0.element)" }
        })
      #expect(places.count == 6 * methods * methods)
      #expect(places.values.allSatisfy { $0 == 60 / methods })
    }
  }

  @Test(arguments: seeds) func positionsOfMethodsForEachParticipant(seed: UInt64) throws {
    let rows = try plan(StudyFixture.rating(items: 8, methods: 4), 24, seed)
    for row in rows {
      let places = counts(row.flatMap { $0.methods.enumerated().map { "\($0.offset) \($0.element)" } })
      #expect(places.count == 16 && places.values.allSatisfy { $0 == 2 })
    }
  }

  @Test(arguments: seeds) func subsetsOfTheFreeFormPart(seed: UInt64) throws {
    let rows = try plan(StudyFixture.words(items: 9, methods: 3), 63, seed)
    for row in rows {
      #expect(row.count == 9 && Set(row.map(\.item)).count == 9)
      #expect(counts(row.flatMap(\.methods)).values.allSatisfy { $0 == 3 })
    }
    let shown = counts(rows.joined().map { "\($0.item) \($0.methods)" })
    #expect(shown.count == 27 && shown.values.allSatisfy { $0 == 21 })
  }

  @Test(arguments: seeds) func sidesOfTheRightAnswer(seed: UInt64) throws {
    for (arrangement, queries) in [(StudyPart.Arrangement.rotated, 2), (.crossed, 3), (.between, 1)] {
      let part = StudyFixture.choice(items: 8, methods: 2, arrangement: arrangement, queries: queries)
      let rows = try plan(part, 48, seed).map { $0.filter { $0.kind == .main } }
      let sides = counts(rows.joined().map { "\($0.item) \($0.methods) \($0.strongPosition ?? 0)" })
      #expect(sides.count == 8 * 2 * 2 && Set(sides.values).count == 1)
      for row in rows {
        let left = row.filter { $0.strongPosition == 1 }.count
        #expect(left * 2 == row.count)
        if arrangement == .crossed {
          #expect(row.count == 16)
          // No pair of queries comes twice, which would tell its answer.
          #expect(Set(row.map { "\($0.item) \($0.query ?? -1)" }).count == 16)
        }
        if arrangement == .between { #expect(Set(row.map(\.methods)).count == 1) }
      }
    }
  }
}
