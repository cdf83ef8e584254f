import Testing

@testable import Support

@Suite("Work on all cores")
struct ParallelTests {
  struct Odd: Error, Equatable {
    let number: Int
  }

  @Test("Results come in order", arguments: [0, 1, 2, 7, 1000])
  func order(_ count: Int) {
    #expect(Parallel.map(count) { $0 * 3 } == (0..<count).map { $0 * 3 })
  }

  @Test("The first error by order is thrown, whichever came first")
  func errors() {
    let error = #expect(throws: Odd.self) {
      try Parallel.map(1000) { (number) throws(Odd) -> Int in
        if number > 400, number % 2 == 1 { throw Odd(number: number) }
        return number
      }
    }
    #expect(error == Odd(number: 401))
  }

  @Test("Runs hold each number once, in order", arguments: [0, 1, 3, 10, 11], [1, 2, 4])
  func runs(_ count: Int, _ number: Int) {
    let runs = Parallel.runs(of: count, number)
    #expect(runs.flatMap(Array.init) == Array(0..<count))
    #expect(runs.count == min(count, number) && runs.allSatisfy { $0.count <= count / number + 1 })
  }
}
