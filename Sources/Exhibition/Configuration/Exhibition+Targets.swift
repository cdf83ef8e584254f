public import Visualization

extension Exhibition {
  /// A row of pictures between two targets.
  public struct InterpolationEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// The first target's address.
    public var from: String
    /// The second target's address.
    public var to: String
    /// How many pictures, both ends among them.
    public var count: Int
    /// Settings of the Fourier method that differ from its own.
    public var settings: [String: SettingValue]
    /// Where it was written.
    public var place: Place
    /// Where the first target's address was written.
    public var fromPlace: Place
    /// Where the second target's address was written.
    public var toPlace: Place
    /// Where each setting was written.
    public var settingPlaces: [String: Place]
  }

  /// A class or a neuron, a picture for each group of its natural pictures, or of the patches that excite it.
  public struct FacetsEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// What is taken apart.
    public var subject: Subject
    /// Names of the methods, which match natural pictures.
    public var methods: [String]
    /// Where it was written.
    public var place: Place

    /// What is taken apart.
    public enum Subject: Sendable, Equatable {
      /// One of the exhibition's classes, into so many groups.
      case className(String, count: Int)
      /// A neuron or another target within the network by its address, by so many of the patches that excite it most, told
      /// apart as `NeuronFacets.Settings.Vectors` says; into so many groups, or as many as there seem to be.
      case unit(String, patches: Int, vectors: String, count: Int?)
    }
  }
}
