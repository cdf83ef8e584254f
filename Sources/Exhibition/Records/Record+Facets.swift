extension Record {
  /// Groups of a class's natural pictures that the model sees alike, or of the patches that excite a neuron. Their
  /// visualizations are jobs of their own; ``Catalogue`` finds them.
  public struct Facets: Codable, Sendable, Equatable {
    /// The class's index; `nil` for a neuron.
    public var classIndex: Int?
    /// The class's label, or what people call the neuron.
    public var label: String
    /// How much of the features' variance lies between the groups, from 0 to 1.
    public var explained: Double
    /// For a neuron the mean silhouette for each number of groups that was tried, from 2.
    public var silhouettes: [Double]?
    /// The groups, largest first.
    public var facets: [Facet]

    /// A group.
    public struct Facet: Codable, Sendable, Equatable {
      /// Its place in the order of size, from 0.
      public var index: Int
      /// All its pictures, most typical first: paths below the exhibition's references folder.
      public var members: [String]
      /// For a neuron those of its patches that excite it most: what methods are given.
      public var regions: [References.Region]?
      /// Those that are shown.
      public var pictures: [Patch]

      /// A group from its parts.
      public init(
        index: Int, members: [String], regions: [References.Region]? = nil, pictures: [Patch]
      ) {
        self.index = index
        self.members = members
        self.regions = regions
        self.pictures = pictures
      }
    }

    private enum CodingKeys: String, CodingKey {
      case label, explained, silhouettes, facets
      case classIndex = "class_index"
    }

    /// Facets from their parts.
    public init(
      classIndex: Int?, label: String, explained: Double, silhouettes: [Double]? = nil, facets: [Facet]
    ) {
      self.classIndex = classIndex
      self.label = label
      self.explained = explained
      self.silhouettes = silhouettes
      self.facets = facets
    }
  }
}
