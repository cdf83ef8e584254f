public import Visualization

extension Record {
  /// Everything that determines a job's result. Its canonical JSON is what the identity is the digest of.
  public struct Recipe: Codable, Sendable, Equatable {
    /// The model's name in the exhibition.
    public var model: String
    /// The digest of the model's weights.
    public var weightsHash: String
    /// The digest of the model's hyperparameters and of how its pictures are prepared; `nil` in older records.
    public var networkHash: String?
    /// The method's name; `nil` for jobs that make no picture by a method.
    public var method: String?
    /// All settings in force, defaults included.
    public var settings: [String: SettingValue]
    /// What is visualized, explained or attacked.
    public var target: Target
    /// The seed of everything random.
    public var seed: UInt64?
    /// The picture's side in pixels.
    public var size: Int?
    /// How numbers are held in the network: `fp32` or `bf16`.
    public var precision: String
    /// The digest of the reference pictures, in their order; `nil` if none are used.
    public var referencesHash: String?
    /// How many snapshots of the way are kept; `nil` where there is no way.
    public var snapshots: Int?
    /// Identities of the jobs whose results this one reads.
    public var inputs: [String]
    /// The version of the numerics: raised when the same recipe would give other pixels.
    public var numerics: Int

    private enum CodingKeys: String, CodingKey {
      case model, method, settings, target, seed, size, precision, snapshots, inputs, numerics
      case weightsHash = "weights_hash"
      case networkHash = "network_hash"
      case referencesHash = "references_hash"
    }

    /// A recipe from its parts.
    public init(
      model: String, weightsHash: String, networkHash: String? = nil, method: String? = nil,
      settings: [String: SettingValue] = [:], target: Target, seed: UInt64? = nil, size: Int? = nil,
      precision: String = "fp32",
      referencesHash: String? = nil, snapshots: Int? = nil, inputs: [String] = [], numerics: Int
    ) {
      self.model = model
      self.weightsHash = weightsHash
      self.networkHash = networkHash
      self.method = method
      self.settings = settings
      self.target = target
      self.seed = seed
      self.size = size
      self.precision = precision
      self.referencesHash = referencesHash
      self.snapshots = snapshots
      self.inputs = inputs
      self.numerics = numerics
    }
  }

  /// What a job is about.
  public struct Target: Codable, Sendable, Hashable {
    /// What sort of thing it is.
    public enum Kind: String, Codable, Sendable {
      /// A class of the network's output.
      case classLogit = "class"
      /// A channel of an inner layer.
      case channel
      /// Another unit, or a sum of several: the address says what.
      case unit
      /// A direction in an inner layer, found by a concept job.
      case direction
      /// A class as some of its natural pictures show it, found by a facets job.
      case facet
      /// A neuron as some of the patches that excite it show it, found by a facets job.
      case neuronFacet = "neuron-facet"
      /// A row of pictures from one target to another.
      case interpolation
      /// The model as a whole.
      case model
      /// A finished picture of another job.
      case picture
    }

    /// What sort of thing it is.
    public var kind: Kind
    /// The class's index: of the target itself, or of the class that a direction or picture belongs to.
    public var classIndex: Int?
    /// The class's label, or what people call a unit.
    public var label: String?
    /// The layer's name.
    public var layer: String?
    /// The channel within the layer, or the direction's or facet's index.
    public var channel: Int?
    /// How a user addresses it: `class:zebra`, `layer4.1:485`, `concept:stripes/2`.
    public var address: String
    /// For an interpolation: where it begins and ends.
    public var ends: Ends?
    /// For an attack: the class of the picture that it starts from, and which reference that is.
    public var source: Source?

    /// Where an interpolation begins and ends.
    public struct Ends: Codable, Sendable, Hashable {
      /// The first target's address.
      public var from: String
      /// What people call it.
      public var fromTitle: String
      /// The second target's address.
      public var to: String
      /// What people call it.
      public var toTitle: String
      /// How many pictures, both ends among them.
      public var count: Int

      private enum CodingKeys: String, CodingKey {
        case from, to, count
        case fromTitle = "from_title"
        case toTitle = "to_title"
      }

      /// The ends of an interpolation.
      public init(from: String, fromTitle: String, to: String, toTitle: String, count: Int) {
        self.from = from
        self.fromTitle = fromTitle
        self.to = to
        self.toTitle = toTitle
        self.count = count
      }
    }

    /// Where an attack starts.
    public struct Source: Codable, Sendable, Hashable {
      /// The class's index.
      public var classIndex: Int
      /// The class's label.
      public var label: String
      /// Which of its references, from 0.
      public var reference: Int

      private enum CodingKeys: String, CodingKey {
        case label, reference
        case classIndex = "class_index"
      }

      /// The starting picture of an attack.
      public init(classIndex: Int, label: String, reference: Int) {
        self.classIndex = classIndex
        self.label = label
        self.reference = reference
      }
    }

    private enum CodingKeys: String, CodingKey {
      case kind, label, layer, channel, address, ends, source
      case classIndex = "class_index"
    }

    /// A target from its parts.
    public init(
      kind: Kind, classIndex: Int? = nil, label: String? = nil, layer: String? = nil, channel: Int? = nil,
      address: String, source: Source? = nil, ends: Ends? = nil
    ) {
      self.kind = kind
      self.classIndex = classIndex
      self.label = label
      self.layer = layer
      self.channel = channel
      self.address = address
      self.source = source
      self.ends = ends
    }
  }
}
