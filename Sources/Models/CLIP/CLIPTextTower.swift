import NeuralNetwork

/// The text tower of CLIP (Radford et al. 2021, section 2.4): a transformer whose tokens see only those before them; its
/// answer is what stands at the mark of the text's end, projected into the space that pictures and texts share.
public struct CLIPTextTower: Sendable {
  /// Symbols that are embedded.
  var symbols: Int
  /// Tokens a text may have.
  var context: Int
  /// Numbers a token.
  var width: Int
  /// Blocks.
  var layers: Int
  /// Attention heads.
  var heads: Int
  /// Width inside a block's perceptron.
  var mlp: Int
  /// Numbers of the embedding that pictures and texts share.
  var embedding: Int
  /// The activation of the perceptrons.
  var activation: CLIPActivation
  /// Added to layer normalizations' variances.
  var epsilon: Float
  /// Names in the checkpoint.
  var names: CLIPNames

  /// More tokens a text no tower reads.
  private static let longestContext = 4096

  /// Hyperparameters from settings, the configuration beside the checkpoint, and shapes. Throws ``ModelError``.
  init(_ shapes: TensorShapes, settings yaml: YAMLMapping, _ names: CLIPNames) throws(ModelError) {
    guard shapes.has(names.textTokens) else {
      throw .architecture(
        path: shapes.path,
        reason: """
          it holds CLIP's image tower alone, so texts can't be read: "\(names.textTokens)" is missing. Take the whole \
          checkpoint, or leave out the labels
          """)
    }
    let settings = try CLIPSettings(yaml, beside: shapes.path, names)
    let tokens = try shapes.shape(names.textTokens, rank: 2)
    let positions = try shapes.shape(names.textPositions, rank: 2)
    let first = names.textBlock(0)
    let inner = try shapes.shape("\(first).\(names.parts.perceptron.first).weight", rank: 2)
    let projection = try shapes.shape(names.textProjection.tensor, rank: 2)
    (symbols, width, context, mlp) = (tokens[0], tokens[1], positions[0], inner[0])
    guard (3...Self.longestContext).contains(context) else {
      throw .checkpoint(
        path: shapes.path, tensor: names.textPositions,
        reason: "\(context) positions make no sense: 3 to \(Self.longestContext) are needed")
    }
    layers = shapes.count { "\(names.textBlock($0)).\(names.parts.firstNorm).weight" }
    embedding = names.textProjection.isTransposed ? projection[1] : projection[0]
    heads = try settings.text.heads(width: width, "text-heads", shapes.path)
    activation = settings.text.activation ?? .quickGELU
    epsilon = settings.text.epsilon ?? 1e-5
    self.names = names
  }

  /// The tower for texts of `count` tokens, embedded already, that end in the mark of the end: its node of unit length.
  func build(count: Int, weights: any WeightSource) throws(NetworkError) -> (
    graph: Graph, output: Graph.NodeID
  ) {
    var builder = GraphBuilder(tokens: count, width: width, weights: weights)
    let block = TransformerBlock(
      names: names.parts, hidden: width, heads: heads, mlp: mlp, epsilon: epsilon,
      activation: activation.operation,
      isCausal: true)
    var x = builder.input
    for index in 0..<layers { x = try block.append(&builder, names.textBlock(index), to: x) }
    x = try builder.add("\(names.textNorm).end", .selectToken(count - 1), of: x)
    x = try builder.layerNorm(names.textNorm, of: x, epsilon: epsilon)
    x = try builder.projection(names.textProjection, of: x, width: embedding)
    x = try builder.add("text_embeds", .unitLength, of: x)
    return (builder.graph, x)
  }
}
