import Tensor
import Testing

@testable import Attribution

@Suite struct KMeansTests {
  /// Points about the corners of a square.
  private func corners(_ each: Int, spread: Float, seed: UInt64 = 3) -> [Float] {
    var random = RandomSource(seed: seed)
    return (0..<4 * each).flatMap { index -> [Float] in
      let corner = index % 4
      return [
        Float(corner % 2) * 10 + spread * random.normal(), Float(corner / 2) * 10 + spread * random.normal(),
      ]
    }
  }

  @Test func cornersAreFound() {
    let rows = corners(12, spread: 0.5)
    let clusters = KMeans(rows, columns: 2, count: 4, seed: 1)
    for corner in 0..<4 {
      let own = Set(stride(from: corner, to: 48, by: 4).map { clusters.assignment[$0] })
      #expect(own.count == 1)
    }
    #expect(Set(clusters.assignment).count == 4)
    // Each centre is the mean of its rows, and the inertia what is left.
    var inertia = 0.0
    for cluster in 0..<4 {
      let members = clusters.members(of: cluster, rows: rows, columns: 2)
      #expect(members.count == 12)
      for column in 0..<2 {
        let mean = members.reduce(0.0) { $0 + Double(rows[2 * $1 + column]) } / 12
        #expect(abs(mean - Double(clusters.centres[2 * cluster + column])) < 1e-5)
      }
      let distances = members.map { row in
        (0..<2).reduce(0.0) {
          let difference = Double(rows[2 * row + $1] - clusters.centres[2 * cluster + $1])
          return $0 + difference * difference
        }
      }
      #expect(distances == distances.sorted(), "most typical first")
      inertia += distances.reduce(0, +)
    }
    #expect(abs(inertia - clusters.inertia) < 1e-4 * inertia)
  }

  @Test func theSeedDecides() {
    let rows = corners(20, spread: 4)
    #expect(KMeans(rows, columns: 2, count: 6, seed: 5) == KMeans(rows, columns: 2, count: 6, seed: 5))
    let more = KMeans(rows, columns: 2, count: 6, seed: 5, restarts: 20).inertia
    #expect(more <= KMeans(rows, columns: 2, count: 6, seed: 5, restarts: 1).inertia)
  }

  @Test func noClusterIsEmpty() {
    // Fewer different rows than clusters, as many rows as clusters, and one cluster.
    for (rows, count) in [
      ([Float](repeating: 1, count: 10), 3), ([0, 0, 0, 0, 0, 0, 0, 0, 9, 9], 4), ([1, 2, 3, 4], 4),
      ([1, 2, 3], 1),
      ([5], 1),
    ] {
      let clusters = KMeans(rows, columns: 1, count: count, seed: 0)
      #expect(Set(clusters.assignment) == Set(0..<count))
      #expect(clusters.centres.count == count && clusters.inertia.isFinite)
    }
    #expect(KMeans([1, 2, 3, 4], columns: 1, count: 4, seed: 0).inertia == 0)
    #expect(abs(KMeans([1, 2, 3], columns: 1, count: 1, seed: 0).inertia - 2) < 1e-6)
  }
}

@Suite struct ClassFacetsTests {
  @Test func picturesOfTwoSortsArePutApart() throws {
    let model = try TestModels.resNet()
    // Dark and light pictures in turn, with a little noise.
    func picture(_ index: Int) -> [Float] {
      TestModels.picture(index).map { 0.05 * $0 + (index % 3 == 0 ? 0.9 : 0.05) }
    }
    var done: [Int] = []
    let found = try ClassFacets.find(
      in: model, pictures: 9, facets: 2, seed: 0, batch: 4, picture: picture,
      progress: { done.append($0.done) })
    #expect(found.facets.map { $0.members.sorted() } == [[1, 2, 4, 5, 7, 8], [0, 3, 6]])
    #expect(found.explained > 0.5 && found.explained <= 1 && done == Array(1...9))
    #expect(
      try ClassFacets.find(in: model, pictures: 9, facets: 2, seed: 0, batch: 3, picture: picture).facets
        == found.facets)
  }

  @Test func moreFacetsThanPictures() throws {
    let model = try TestModels.resNet()
    #expect(throws: AttributionError.tooManyFacets(4, pictures: 3)) {
      try ClassFacets.find(in: model, pictures: 3, facets: 4, seed: 0, picture: TestModels.picture)
    }
    #expect(throws: AttributionError.noPictures("the facets of a class")) {
      try ClassFacets.find(in: model, pictures: 0, facets: 1, seed: 0, picture: TestModels.picture)
    }
  }
}
