import Testing

@testable import NeuralNetwork

@Suite struct GraphAliasTests {
  @Test func aliasesFindTheirNode() throws {
    var graph = Graph(inputShape: [2, 4, 4])
    let node = try graph.add("block.relu", .relu, graph.input)
    try graph.alias("block", for: node)
    #expect(graph.node(named: "block") == node)
    #expect(graph[node].name == "block.relu")
    #expect(graph.allNames == ["block", "block.relu", "input"])
  }

  @Test func aNameStandsForOneNode() throws {
    var graph = Graph(inputShape: [2, 4, 4])
    let node = try graph.add("a", .relu, graph.input)
    #expect(throws: NetworkError.duplicateName("a")) { try graph.alias("a", for: graph.input) }
    try graph.alias("b", for: node)
    #expect(throws: NetworkError.duplicateName("b")) { try graph.add("b", .relu, node) }
  }
}
