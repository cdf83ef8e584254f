import NeuralNetwork

/// A block of a transformer: attention and perceptron, each normalized before and added to what came in ("pre-norm";
/// Dosovitskiy et al. 2021, figure 1). Inside the attention stand `in_proj` (query, key and value), `heads` and the
/// layer after them.
public struct TransformerBlock: Sendable {
  /// What a codebase calls the parts of a block.
  public struct Names: Sendable {
    /// How query, key and value are stored.
    public enum Query: Sendable, Equatable {
      /// In one matrix: weight, bias.
      case joined(String, String)
      /// In three layers.
      case separate([String])
    }

    /// The normalization before attention.
    public var firstNorm: String
    /// The attention's module.
    public var attention: String
    /// Query, key and value.
    public var query: Query
    /// The layer after the heads.
    public var output: String
    /// The normalization before the perceptron.
    public var secondNorm: String
    /// The perceptron's module, its first layer, activation and second layer.
    public var perceptron: (module: String?, first: String, activation: String, second: String)
    /// Other names of the perceptron's layers.
    public var perceptronAliases: (first: String, second: String)?
    /// The factors after attention and perceptron, whose tensors are called `gamma`.
    public var layerScale: (first: String, second: String)?
  }

  var names: Names
  /// Numbers a token.
  var hidden: Int
  /// Attention heads.
  var heads: Int
  /// Width inside the perceptron.
  var mlp: Int
  /// Added to layer normalizations' variances.
  var epsilon: Float
  /// The perceptron's activation.
  var activation = Operation.gelu
  /// Whether a token sees only itself and those before it.
  var isCausal = false
  /// Whether attention and perceptron are scaled by number before they are added (Touvron et al. 2021, arXiv
  /// 2103.17239).
  var hasLayerScale = false

  /// A block's name, in which `%` stands for its number.
  static func name(_ pattern: String, _ index: Int) -> String {
    pattern.split(separator: "%", omittingEmptySubsequences: false).joined(separator: String(index))
  }

  /// Appends a block under a name; T×hidden tokens become as many.
  func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let attention = "\(name).\(names.attention)"
    var x = try builder.layerNorm("\(name).\(names.firstNorm)", of: input, epsilon: epsilon)
    switch names.query {
    case .joined(let weight, let bias):
      x = try builder.linear(
        "\(attention).in_proj", of: x, width: 3 * hidden, weight: "\(name).\(weight)", bias: "\(name).\(bias)"
      )
    case .separate(let layers):
      x = try builder.linear(
        "\(attention).in_proj", of: x, width: hidden, joining: layers.map { "\(name).\($0)" })
    }
    x = try builder.add("\(attention).heads", .selfAttention(heads: heads, causal: isCausal), of: x)
    x = try builder.linear("\(name).\(names.output)", of: x, width: hidden)
    try builder.alias(attention, for: x)
    x = try scaled(&builder, name, x, names.layerScale?.first)
    let middle = try builder.add("\(name).add", .add, of: x, input)

    let perceptron = names.perceptron
    x = try builder.layerNorm("\(name).\(names.secondNorm)", of: middle, epsilon: epsilon)
    x = try builder.linear("\(name).\(perceptron.first)", of: x, width: mlp)
    if let other = names.perceptronAliases { try builder.alias("\(name).\(other.first)", for: x) }
    x = try builder.add("\(name).\(perceptron.activation)", activation, of: x)
    x = try builder.linear("\(name).\(perceptron.second)", of: x, width: hidden)
    if let other = names.perceptronAliases { try builder.alias("\(name).\(other.second)", for: x) }
    if let module = perceptron.module { try builder.alias("\(name).\(module)", for: x) }
    x = try scaled(&builder, name, x, names.layerScale?.second)
    let output = try builder.add(name, .add, of: x, middle)
    try builder.alias("\(name).add_1", for: output)
    return output
  }

  /// The layer scale of a block's part, if the network has it.
  private func scaled(
    _ builder: inout GraphBuilder, _ block: String, _ input: Graph.NodeID, _ part: String?
  ) throws(NetworkError) -> Graph.NodeID {
    guard hasLayerScale, let part else { return input }
    return try builder.scale("\(block).\(part)", of: input, by: "\(block).\(part).gamma", shape: [hidden])
  }
}
