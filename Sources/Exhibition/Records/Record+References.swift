extension Record {
  /// Natural pictures of a class as the model sees them, or the patches that excite a unit most.
  public struct References: Codable, Sendable, Equatable {
    /// The pictures shown, best first.
    public var pictures: [Patch]
    /// For a unit all patches that excite it most, best first, those shown included: what methods that need
    /// natural pictures are given. Empty for a class.
    public var regions: [Region]
    /// How many pictures were searched.
    public var searched: Int
    /// For a unit the pictures that excite it least, each by its best patch, least first; `nil` for a class and in older
    /// records.
    public var lowest: [Patch]?
    /// For a unit how its activations are distributed; `nil` for a class and in older records.
    public var figures: Figures?

    /// A square part of a natural picture.
    public struct Region: Codable, Sendable, Equatable {
      /// The path below the exhibition's references folder.
      public var source: String
      /// Its left edge in the picture as prepared for the model.
      public var x: Int
      /// Its upper edge.
      public var y: Int
      /// Its side.
      public var side: Int
      /// The unit's activation by it; `nil` in older records.
      public var score: Double?

      /// A part of a picture.
      public init(source: String, x: Int, y: Int, side: Int, score: Double? = nil) {
        self.source = source
        self.x = x
        self.y = y
        self.side = side
        self.score = score
      }
    }

    /// How a unit's activations are distributed over pictures, each of which counts with its best patch.
    public struct Figures: Codable, Sendable, Equatable {
      /// How many pictures there are.
      public var count: Int
      /// How many more couldn't be read.
      public var skipped: Int
      /// The mean activation.
      public var mean: Double
      /// The standard deviation.
      public var deviation: Double
      /// How many activations fall into which range.
      public var histogram: Histogram
      /// The classes that drive the unit, highest mean first.
      public var classes: [ClassMean]

      /// Ranges of equal width.
      public struct Histogram: Codable, Sendable, Equatable {
        /// Where the first begins.
        public var start: Double
        /// How wide each is.
        public var width: Double
        /// How many activations are in each.
        public var counts: [Int]

        /// A histogram from its parts.
        public init(start: Double, width: Double, counts: [Int]) {
          self.start = start
          self.width = width
          self.counts = counts
        }
      }

      /// The mean activation by a class's pictures.
      public struct ClassMean: Codable, Sendable, Equatable {
        /// The class, as the exhibition calls it.
        public var label: String
        /// The mean activation.
        public var mean: Double
        /// How many pictures it has.
        public var count: Int

        /// A class's mean.
        public init(label: String, mean: Double, count: Int) {
          self.label = label
          self.mean = mean
          self.count = count
        }
      }

      /// Figures from their parts.
      public init(
        count: Int, skipped: Int, mean: Double, deviation: Double, histogram: Histogram, classes: [ClassMean]
      ) {
        self.count = count
        self.skipped = skipped
        self.mean = mean
        self.deviation = deviation
        self.histogram = histogram
        self.classes = classes
      }
    }

    /// Reference pictures.
    public init(
      pictures: [Patch], regions: [Region] = [], searched: Int, lowest: [Patch]? = nil,
      figures: Figures? = nil
    ) {
      self.pictures = pictures
      self.regions = regions
      self.searched = searched
      self.lowest = lowest
      self.figures = figures
    }
  }
}
