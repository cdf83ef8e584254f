import NeuralNetwork

extension Architectures {
  /// A member of each family and naming, to compare the names of its tensors with a checkpoint's.
  private static var specimens: [any Architecture] {
    let transformers = VisionTransformer.Names.all.map { names in
      var network = VisionTransformer(patch: 16, hidden: 64, layers: 1, heads: 1, mlp: 64)
      network.names = names
      return network
    }
    let towers = CLIPNames.all.map { names in
      var tower = CLIPImageTower(patch: 16, hidden: 64, layers: 1)
      tower.names = names
      return tower
    }
    return transformers + towers + [
      CIFARResNet(blocks: [1, 1, 1]), ResNet(block: .bottleneck, blocks: [1, 1, 1, 1], width: 8),
      ResNetV2(origin: .timm, blocks: [1, 1, 1, 1], width: 8),
      ResNetV2(origin: .keras, blocks: [2, 2, 2, 2], width: 8),
      DenseNet(growth: 4, blocks: [1, 1], width: 8), ConvNeXt(blocks: [1, 1], widths: [8, 16]),
      VGG(groups: [[8], [8], [8]], hidden: 8), InceptionV3(),
    ]
  }

  /// A tenth of the names in common is less than chance gives: most networks have a `bn1.bias`.
  private static let leastShare = 0.1

  /// The name of the family whose tensors' names a checkpoint's are most like, numbers apart; `nil` if it shares none.
  static func nearest(to shapes: TensorShapes) -> String? {
    let found = Set(shapes.names.map(pattern))
    var best: (score: Double, name: String)?
    for specimen in specimens {
      let recorder = NameRecorder()
      var builder = GraphBuilder(size: specimen.inputSize, weights: recorder)
      guard (try? specimen.build(&builder)) != nil else { continue }
      let wanted = Set(recorder.names.map(pattern))
      let shared = found.intersection(wanted).count
      // What both have, of all that either has.
      let score = Double(shared) / Double(max(1, found.union(wanted).count))
      if shared > 0, score > best?.score ?? leastShare { best = (score, type(of: specimen).name) }
    }
    return best?.name
  }

  /// A name with a sign for each of its numbers.
  private static func pattern(_ name: String) -> String {
    var result = ""
    for character in name where !(character.isNumber && result.last == "#") {
      result.append(character.isNumber ? "#" : character)
    }
    return result
  }

  private final class NameRecorder: WeightSource {
    var names: [String] = []

    func parameter(_ name: String, _ shape: [Int]) -> Parameter {
      names.append(name)
      return Parameter(missing: name, shape: shape)
    }
  }
}
