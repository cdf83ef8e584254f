/// A method that wants of its natural pictures only how activations are distributed in some layers. Who makes several
/// pictures from the same references may measure them once, with ``ReferenceStatistics``, and share what was found.
public protocol DistributionMatching: Method {
  /// The layers whose distributions are matched, in the order of the settings.
  var matchedLayers: [String] { get }
}
