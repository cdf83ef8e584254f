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
    /// Those of the exhibition's seeds that its pictures are made of; `nil` for all.
    public var seeds: [UInt64]?
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

  /// Directions in a layer: those that make up a class, or given ones.
  public struct ConceptEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// Where the directions come from.
    public var origin: Origin
    /// How many of them are shown, most important first.
    public var show: Int
    /// Names of the methods.
    public var methods: [String]
    /// Those of the exhibition's seeds that its pictures are made of; `nil` for all.
    public var seeds: [UInt64]?
    /// Where it was written.
    public var place: Place

    /// Where directions come from.
    public enum Origin: Sendable, Equatable {
      /// The activations of patches of one of the exhibition's classes, factorized into so many directions.
      case className(String, count: Int)
      /// A file, and the tensor's name where the file has several.
      case file(String, tensor: String?, layer: String)
      /// From the mean of one folder's pictures to that of another's: of those that lie in the folders themselves, at most
      /// 500 each.
      case difference(with: String, without: String, layer: String)
    }

    /// The class that the directions make up.
    public var className: String? { if case .className(let name, _) = origin { name } else { nil } }
  }
}
