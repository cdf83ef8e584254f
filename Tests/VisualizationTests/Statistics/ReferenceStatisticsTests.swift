import Foundation
import Testing

@testable import Visualization

@Suite struct ReferenceStatisticsTests {
  private let statistics = ReferenceStatistics(
    weightsHash: "abc", count: 7,
    layers: [
      .init(name: "conv1", channels: 2, positions: 3, quantiles: [1, 2, 3, -1, 0, 0.5]),
      .init(name: "layer1", channels: 1, positions: 1, quantiles: [.pi]),
    ])

  @Test func bytesComeBack() throws {
    #expect(try ReferenceStatistics(data: statistics.data) == statistics)
    let json = try JSONEncoder().encode(statistics)
    #expect(try JSONDecoder().decode(ReferenceStatistics.self, from: json) == statistics)
  }

  @Test func damageIsRefused() {
    let data = statistics.data
    for count in 0..<data.count {
      #expect(throws: VisualizationError.self) { try ReferenceStatistics(data: data.prefix(count)) }
    }
    #expect(throws: VisualizationError.self) { try ReferenceStatistics(data: data + Data([0])) }
    var lying = data
    for index in 8..<16 { lying[index] = 0xFF }
    #expect(throws: VisualizationError.self) { try ReferenceStatistics(data: lying) }
  }
}
