import Exhibition

/// An inner neuron, or another target.
struct UnitExhibit: Sendable {
  let model: String
  let target: Record.Target
  let patches: Found<[NaturalPicture]>
  /// The pictures that excite it least, each by its best patch.
  var lowest: [NaturalPicture] = []
  /// Its activations by the natural patches that excite it most.
  var highest: [Double] = []
  /// How its activations are distributed over the natural pictures.
  var figures: Record.References.Figures?
  /// The classes that it serves, if it is a channel.
  var served: Record.Served?
  let works: [Work]
}

/// A row of pictures between two targets, one for each seed.
struct InterpolationExhibit: Sendable {
  let name: String
  let title: String
  let model: String
  /// What people call the first target.
  let from: String
  /// What people call the second target.
  let to: String
  let rows: [Row]

  struct Row: Sendable {
    let seed: UInt64
    let finding: Found<Made>
  }

  struct Made: Sendable {
    let record: Record
    let interpolation: Record.Interpolation
    /// The entry's folder in the store.
    let folder: String

    func picture(_ name: String) -> StoredPicture? { record.picture(name, in: folder) }
  }
}

/// A class by groups of its natural pictures, or a neuron by groups of the patches that excite it.
struct FacetsExhibit: Sendable {
  let name: String
  let title: String
  let model: String
  /// The class's label, or what people call the neuron.
  let label: String
  var isNeuron = false
  /// The neuron.
  var unit: Record.Target?
  let finding: Found<Record.Facets>
  var record: Record?
  var facets: [Facet] = []

  struct Facet: Sendable {
    let facet: Record.Facets.Facet
    let pictures: [NaturalPicture]
    let works: [Work]
  }
}
